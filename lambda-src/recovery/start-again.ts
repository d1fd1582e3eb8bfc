import type { Outcome, Recovery } from './recover-order';
import { givenUp, restarted } from './recovery-writes';
import { OrderRow, sentFields } from '../order/order';
import { firstName, laterName } from '../step-functions/state-machine';

/** How often an order is started again that no execution takes. */
const RESTARTS = 3;

/** Starts an order that is not overdue, if no execution has taken it. It is given up when it is overdue, and not before. */
export async function startUnstarted(recovery: Recovery, orderId: string): Promise<Outcome> {
  const row = await recovery.orders.find(orderId);
  const isUnstarted = row?.openSince !== undefined && row.owner === undefined && (row.restarts ?? 0) < RESTARTS;
  return isUnstarted ? startAgain(recovery, row) : 'in time';
}

/** Starts an order that was received and has no owner. Its first step sees whether it was cancelled meanwhile. */
export async function startAgain(recovery: Recovery, row: OrderRow): Promise<'started' | 'at work' | 'given up'> {
  const { orderId, restarts = 0 } = row;
  if (restarts >= RESTARTS) return giveUp(recovery, row);
  const counted = await recovery.orders.change(orderId, restarted(row, restarts + 1));
  if (!counted) return 'at work';
  let outcome: 'started' | 'at work' | undefined;
  try {
    outcome = await start(recovery, counted);
    return outcome;
  } finally {
    // Step Functions can be unavailable for longer than these attempts last: only a start that succeeded counts.
    if (outcome !== 'started') await recovery.orders.change(orderId, restarted(counted, restarts));
  }
}

async function start({ workflow, executions, now }: Recovery, row: OrderRow): Promise<'started' | 'at work'> {
  const { orderId } = row;
  const name = firstName(orderId);
  const input = JSON.stringify(sentFields(row));
  if (await workflow.start(name, input)) return 'started';
  if (await executions.endOf(workflow.executionArn(name)) === undefined) return 'at work';
  await workflow.start(laterName(orderId, now().toString(36)), input);
  return 'started';
}

async function giveUp({ orders, topic, now }: Recovery, { orderId, status, version, givenUpAt }: OrderRow): Promise<'given up'> {
  if (givenUpAt !== undefined) return 'given up';
  await topic.publish({
    kind: 'execution-interrupted',
    orderId,
    status,
    version,
    step: 'Order',
    error: 'ExecutionLost',
    cause: `the order was started ${RESTARTS} times and no execution came to its first write: repair it with 'retry' once the cause is gone`,
  });
  await orders.change(orderId, givenUp(new Date(now()).toISOString()));
  return 'given up';
}
