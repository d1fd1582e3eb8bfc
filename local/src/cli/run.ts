import { parseCommand } from './command';
import { EventPrinter } from './event-printer';
import { howToRepair } from './how-to-repair';
import { wantsHelp } from './options';
import { OrderToRun, readOrdersFile } from './orders-file';
import { permissionTable } from './permission-table';
import { repair } from './repair';
import { parseRepair } from './repair-command';
import { runOneByOne, runOrder } from './run-orders';
import { readSeedFile } from './seed-file';
import { start } from './start';
import { Terminal } from './terminal';
import { USAGE } from './usage';
import { UsageError } from './usage-error';
import { version } from './version';
import { welcome } from './welcome';
import { LocalCloud } from '../local-cloud';

const SUCCESS = 0;
const UNEXPECTED = 1;
const USAGE_ERROR = 2;
const INTERRUPTED = 130;

/** The whole command; resolves with its exit code when nothing of it is left running. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  try {
    if (wantsHelp(args)) {
      terminal.print(USAGE.trimEnd());
      return SUCCESS;
    }
    const repairCommand = parseRepair(args);
    if (repairCommand) {
      await repair(repairCommand, terminal);
      return SUCCESS;
    }
    const command = parseCommand(args);
    if (command.version) {
      terminal.print(version());
      return SUCCESS;
    }
    const orders = command.orders === undefined ? [] : readOrdersFile(command.orders, command.workflow);
    const rows = command.seed === undefined ? undefined : readSeedFile(command.seed);
    const cloud = await start(command, orders, rows, terminal);
    try {
      return await (command.once ? runAndEnd(cloud, orders, terminal) : serve(cloud, orders, terminal, command.as));
    } finally {
      if (command.permissions) {
        permissionTable(cloud.permissions).forEach((line) => terminal.print(line));
      }
      await cloud.close();
    }
  } catch (error) {
    if (error instanceof UsageError) {
      terminal.printError(error.message);
      return USAGE_ERROR;
    }
    throw error;
  }
}

async function runAndEnd(cloud: LocalCloud, orders: readonly OrderToRun[], terminal: Terminal): Promise<number> {
  new EventPrinter(terminal, cloud).follow(await cloud.allWorkflows());
  return Promise.race([
    runOneByOne(cloud, orders, terminal).then((good) => (good ? SUCCESS : UNEXPECTED)),
    terminal.interrupted.then(() => INTERRUPTED),
  ]);
}

async function serve(cloud: LocalCloud, orders: readonly OrderToRun[], terminal: Terminal, as: string | undefined): Promise<number> {
  const workflows = await cloud.allWorkflows();
  welcome(cloud, workflows, as).forEach((line) => terminal.print(line));
  new EventPrinter(terminal, cloud).follow(workflows, howToRepair(cloud, workflows));
  // All at once, as in production: an order that waits does not delay the others.
  Promise.all(orders.map((wanted) => runOrder(cloud, wanted, terminal))).catch((error: Error) => terminal.printError(error.message));
  terminal.print('Ctrl-C ends it');
  await terminal.interrupted;
  terminal.print('closing');
  return SUCCESS;
}
