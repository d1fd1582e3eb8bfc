import { existsSync } from 'node:fs';
import { Command } from './command';
import { OrderToRun } from './orders-file';
import { readSecretsFile } from './secrets-file';
import { Terminal } from './terminal';
import { UsageError } from './usage-error';
import { LocalCloud } from '../local-cloud';
import { RealClock } from '../real-clock';
import { LocalWorkflow, TableRows } from '../testkit';
import { VirtualClock } from '../virtual-clock';

/** Starts the resources of the assembly and writes the seed rows; prints each phase. */
export async function start(command: Command, orders: readonly OrderToRun[], rows: TableRows | undefined, terminal: Terminal): Promise<LocalCloud> {
  const begin = performance.now();
  const cloud = await startCloud(command, terminal);
  try {
    const workflows = await workflowsThatGetOrders(cloud, command, orders);
    if (rows) {
      terminal.print(`writing the rows of ${command.seed}`);
      await Promise.all(workflows.map((workflow) => writeRows(workflow, rows, command)));
    }
    terminal.print(`ready in ${((performance.now() - begin) / 1000).toFixed(1)} s`);
    return cloud;
  } catch (error) {
    await cloud.close();
    throw error;
  }
}

async function workflowsThatGetOrders(cloud: LocalCloud, command: Command, orders: readonly OrderToRun[]): Promise<LocalWorkflow[]> {
  const names = new Set(orders.length > 0 ? orders.map(({ workflow }) => workflow) : [command.workflow]);
  try {
    return await Promise.all([...names].map((name) => cloud.workflow(name)));
  } catch (error) {
    const howToSay = names.has(undefined) ? ', with --workflow or as the workflow of each order' : '';
    throw new UsageError(`${(error as Error).message}${howToSay}`);
  }
}

async function writeRows(workflow: LocalWorkflow, rows: TableRows, { seed }: Command): Promise<void> {
  await workflow.seed(rows).catch((error: Error) => {
    throw new UsageError(`${seed}: ${error.message}`);
  });
}

async function startCloud({ assembly, once, logs, ...options }: Command, terminal: Terminal): Promise<LocalCloud> {
  if (!existsSync(assembly)) {
    throw new UsageError(`there is no ${assembly}: run cdk synth first, or name the folder that it wrote`);
  }
  await checkDatabase(options.dynamodbEndpoint);
  terminal.print(`reading ${assembly}`);
  try {
    return await LocalCloud.fromAssembly(assembly, {
      port: options.port,
      apiPort: options.apiPort,
      dynamodbEndpoint: options.dynamodbEndpoint,
      functions: options.functions,
      ...(options.secrets !== undefined && { secrets: readSecretsFile(options.secrets) }),
      // A run that ends by itself jumps over what real time would wait for.
      clock: once ? new VirtualClock(Date.now()) : new RealClock(),
      onProgress: (step) => terminal.print(step),
      as: options.as,
      permissions: options.permissionMode,
      onDenied: ({ advice }) => terminal.printError(advice),
      onWarning: (message) => terminal.printError(message),
      ...(logs && { onLog: (source, line) => terminal.print(`${source}: ${line}`) }),
    });
  } catch (error) {
    throw new UsageError(whyNot(error as StartError, options.dynamodbEndpoint));
  }
}

async function checkDatabase(endpoint: string | undefined): Promise<void> {
  if (endpoint !== undefined) {
    await fetch(endpoint).catch(() => {
      throw new UsageError(`nothing responds at ${endpoint}: start the database, or leave out --dynamodb-endpoint to use the included one`);
    });
  }
}

type StartError = NodeJS.ErrnoException & { readonly port?: number };

function whyNot({ code, port, message }: StartError, dynamodbEndpoint: string | undefined): string {
  if (dynamodbEndpoint !== undefined && message.includes('Table already exists')) {
    return `the database at ${dynamodbEndpoint} has tables of these names already: empty it, or give another one`;
  }
  switch (code) {
    case 'EADDRINUSE': return `port ${port} is in use: choose another one, or end what listens there`;
    case 'EACCES': return `port ${port} is not allowed: choose one above 1023`;
    default: return message;
  }
}
