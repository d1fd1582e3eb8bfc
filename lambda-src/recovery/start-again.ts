import type { End } from './executions';
import { alerted, restarted } from './recovery-writes';
import type { Recovery } from './take-up';
import { OrderRow, sentFields } from '../order/order';

/** How often an order is started that no execution takes. */
const RESTARTS = 3;

/**
 * Starts an order that was received and that nobody has. Whoever cancelled it meanwhile is heard by its first step.
 *
 * @param dead an execution that is known to have ended, whatever Step Functions still says
 */
export async function startAgain(recovery: Recovery, row: OrderRow, dead?: End): Promise<'started' | 'at work' | 'given up'> {
  const { orderId, restarts = 0 } = row;
  if (restarts >= RESTARTS) return giveUp(recovery, row);
  const counted = await recovery.orders.change(orderId, restarted(row, restarts + 1));
  if (!counted) return 'at work';
  try {
    return await start(recovery, counted, dead);
  } catch (error) {
    // Step Functions can be away for longer than an order may fail: only what was started counts.
    await recovery.orders.change(orderId, restarted(counted, restarts));
    throw error;
  }
}

async function start(recovery: Recovery, row: OrderRow, dead?: End): Promise<'started' | 'at work'> {
  const input = JSON.stringify(sentFields(row));
  if (await recovery.workflow.start(row.orderId, input)) return 'started';
  if (await isAtWork(recovery, row.orderId, dead)) return 'at work';
  await recovery.workflow.start(`${row.orderId}-${row.restarts}`, input);
  return 'started';
}

async function isAtWork({ workflow, executions }: Recovery, name: string, dead?: End): Promise<boolean> {
  const execution = workflow.executionArn(name);
  return execution !== dead?.execution && await executions.endOf(execution) === undefined;
}

async function giveUp({ orders, topic, now }: Recovery, { orderId, status, version, alertedAt }: OrderRow): Promise<'given up'> {
  if (alertedAt !== undefined) return 'given up';
  await topic.tell({
    kind: 'execution-died',
    orderId,
    status,
    version,
    step: 'Order',
    error: 'ExecutionLost',
    cause: `the order was started ${RESTARTS} times and no execution came to its first write: start it by hand once the cause is gone`,
  });
  await orders.change(orderId, alerted(new Date(now()).toISOString()));
  return 'given up';
}
