import { SFNClient, SendTaskSuccessCommand } from '@aws-sdk/client-sfn';
import { Failure } from '../failure';
import type { OrderRow, Waiting } from '../order/order';
import type { Orders } from '../order/orders';
import type { Decision } from '../order/step-event';

export interface Approvals {
  readonly orders: Orders;
  readonly workflows: Pick<SFNClient, 'send'>;
  now(): Date;
}

const TASK_GONE = new Set(['InvalidToken', 'TaskDoesNotExist', 'TaskTimedOut']);

/** Whether Step Functions no longer waits: the task expired, the order was cancelled, or the decision was made before. */
export function isTaskGone(error: unknown): boolean {
  return TASK_GONE.has((error as Error).name);
}

/** Answers the step that waits for a decision on the order. */
export async function decideApproval(approvals: Approvals, decision: Decision): Promise<{ orderId: string; status: string }> {
  const { orderId, approved, by, reason } = decision;
  const row = await approvals.orders.find(orderId);
  if (!row) throw new Failure('OrderNotFound', `there is no order ${orderId}`);
  if (!row.waiting) throw nothingToDecide(row);
  const status = approved ? row.waiting.accepted : row.waiting.rejected;
  const output = { status, reason, decidedBy: by, decidedAt: approvals.now().toISOString() };
  await answer(approvals, row, row.waiting, output);
  return { orderId, status };
}

async function answer({ workflows }: Approvals, row: OrderRow, { token }: Waiting, output: object): Promise<void> {
  try {
    await workflows.send(new SendTaskSuccessCommand({ taskToken: token, output: JSON.stringify(output) }));
  } catch (error) {
    throw isTaskGone(error) ? nothingToDecide(row, error) : error;
  }
}

function nothingToDecide({ orderId, status }: OrderRow, cause?: unknown): Failure {
  const why = cause ? 'it was decided before, cancelled, or its time ran out' : `its status is ${status}`;
  return new Failure('NothingToDecide', `order ${orderId} does not wait for a decision: ${why}`, cause);
}
