import type { End } from './executions';
import type { Notice } from './failure-topic';
import type { Recovery } from './recover-order';
import { failureNoted, holdNotified } from './recovery-writes';
import { LATE_FAILURE } from '../../src/contract/late-failure';
import { WORKFLOW_STEP } from '../../src/contract/workflow-steps';
import type { OrderRow } from '../order/order';

type Notifying = Pick<Recovery, 'orders' | 'executions' | 'topic' | 'now'>;

/** Publishes what the execution of an order that needs attention could not publish: that it is on hold, and why it was undone. */
export async function notifyOperators(notifying: Notifying, row: OrderRow, interrupted?: End): Promise<void> {
  await publishHold(notifying, row, interrupted);
  await publishFailure(notifying, row);
}

/** The execution that puts the order on hold notifies the operators. If it could not, or was interrupted, they are notified here. */
async function publishHold({ orders, executions, topic, now }: Notifying, row: OrderRow, interrupted?: End): Promise<void> {
  if (row.onHold?.notifiedAt !== undefined) return;
  const end = row.onHold ? undefined : interrupted ?? await executions.endOfOwner(row);
  if (!row.onHold && !end) return;
  if (!end || !await executions.publishedHold(end)) await topic.publish(noticeOfHold(row));
  await orders.change(row.orderId, holdNotified(row, new Date(now()).toISOString()));
}

/** The execution tried to publish the failure before the order needed attention: what it has not noted was not published. */
async function publishFailure({ orders, topic, now }: Notifying, row: OrderRow): Promise<void> {
  if (row.undo?.cause !== 'failed' || row.alertedAt !== undefined) return;
  await topic.publish(noticeOfFailure(row));
  await orders.change(row.orderId, failureNoted(row, new Date(now()).toISOString()));
}

function noticeOfFailure({ orderId, status, version, undo, owner }: OrderRow): Notice {
  const step = undo!.step ?? undo!.from ?? WORKFLOW_STEP.ORDER;
  const [before, after] = LATE_FAILURE.CAUSE;
  return {
    kind: undo!.interrupted ? 'execution-interrupted' : 'order-failed',
    orderId,
    status,
    version,
    step,
    error: LATE_FAILURE.ERROR,
    cause: `${before}${step}${after}`,
    execution: owner,
  };
}

function noticeOfHold({ orderId, status, version, reason, undo, owner }: OrderRow): Notice {
  const steps = undo?.outcome?.steps ?? [undo?.from ?? WORKFLOW_STEP.ORDER];
  return {
    kind: 'compensation-failed',
    orderId,
    status,
    version,
    step: steps[0],
    steps,
    error: 'NeedsAttention',
    cause: reason ?? 'something of the order could not be undone',
    execution: owner,
  };
}
