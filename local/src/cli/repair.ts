import { RepairCommand } from './repair-command';
import { FunctionFailure, ServedCloud } from './served-cloud';
import { Terminal } from './terminal';
import { UsageError } from './usage-error';
import { isPartOf } from '../testkit/named-resource';
import { ListedWorkflow } from '../testkit/workflow-directory';

const ACTIONS = { retry: 'what could not be undone is retried', resolved: 'it is closed as resolved' };
const BY = {
  execution: 'by the execution that waits for the decision',
  recovery: 'by a recovery, as its own execution has ended',
  sweep: 'by the next sweep, as no execution ever took the order',
};

/** Repairs an order in a served cloud, and prints in one line what is done. */
export async function repair({ port, workflow, as, ...command }: RepairCommand, terminal: Terminal): Promise<void> {
  const cloud = new ServedCloud(port, as);
  const { path, repairFunction } = chosen(await cloud.workflows(), workflow);
  if (repairFunction === undefined) {
    throw new UsageError(`the workflow ${path} has no function that repairs orders: synthesize its app with a newer version of the library`);
  }
  try {
    const repaired = await cloud.invoke(repairFunction, command) as { orderId: string; action: keyof typeof ACTIONS; by: keyof typeof BY };
    const { orderId, action, by } = repaired;
    terminal.print(`order ${orderId}: ${ACTIONS[action]}, ${BY[by]}`);
  } catch (error) {
    throw error instanceof FunctionFailure ? new UsageError(error.message) : error;
  }
}

function chosen(all: readonly ListedWorkflow[], name: string | undefined): ListedWorkflow {
  const found = all.filter(({ path }) => name === undefined || isPartOf(path, name));
  const paths = all.map(({ path }) => path).join(', ');
  if (found.length === 0) {
    throw new UsageError(name === undefined ? 'the cloud has no order workflow' : `there is no order workflow '${name}'; there is ${paths}`);
  }
  if (found.length > 1) {
    throw new UsageError(`there are several order workflows (${found.map(({ path }) => path).join(', ')}): name one with --workflow`);
  }
  return found[0];
}
