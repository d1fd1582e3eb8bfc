import { OrderToRun } from './orders-file';
import { endedAsExpected, reportOutcome } from './outcome-report';
import { paintFor } from './paint';
import { Terminal } from './terminal';
import { LocalCloud } from '../local-cloud';

/** Runs an order and prints its path and its ending. Returns whether the ending was expected. */
export async function runOrder(cloud: LocalCloud, wanted: OrderToRun, terminal: Terminal): Promise<boolean> {
  const paint = paintFor(terminal.colours);
  try {
    const workflow = await cloud.workflow(wanted.workflow);
    const outcome = await workflow.process(wanted.order);
    reportOutcome(wanted, outcome, paint).forEach((line) => terminal.print(line));
    return endedAsExpected(wanted, outcome);
  } catch (error) {
    terminal.print(`${paint('red', '✗')} ${wanted.orderId}: ${(error as Error).message}\n`);
    return false;
  }
}

/** One after the other, so that each run of the same orders meets the same stock. */
export async function runOneByOne(cloud: LocalCloud, orders: readonly OrderToRun[], terminal: Terminal): Promise<boolean> {
  let good = 0;
  for (const wanted of orders) {
    good += await runOrder(cloud, wanted, terminal) ? 1 : 0;
  }
  terminal.print(`${good} of ${orders.length} ${orders.length === 1 ? 'order' : 'orders'} ended as expected`);
  return good === orders.length;
}
