import type { Intake } from './place-order';
import type { Submission } from './submission';
import { isThrottled } from './transient-error';
import { Failure } from '../failure';
import { logFailure } from '../log';

/** The order's row stands, and its execution could not be started: the sweeper starts it. */
export class NotStarted extends Error {
  public constructor(cause: unknown) {
    const { name, message } = cause as Error;
    super(`the execution of the order was not started, try again (${name}: ${message})`, { cause });
  }
}

/**
 * Starts the execution of an order.
 *
 * An order whose row may or may not stand is started too: Step Functions then holds it in place of the table, and the
 * execution takes the row or makes it.
 */
export async function startExecution({ workflow, countRefusedStart }: Intake, { order, text }: Submission, hasRow: boolean): Promise<void> {
  try {
    await workflow.start(order.orderId, text);
  } catch (error) {
    logFailure('the execution of an order was not started', error, { orderId: order.orderId });
    if (isForGood(error)) countRefusedStart();
    throw hasRow ? new NotStarted(error) : new Failure('OutcomeUnknown', 'neither the row of the order nor its execution could be confirmed', error);
  }
}

/** Whether Step Functions refuses the start, and not because there are too many: no permission, no such state machine, a wrong input. */
function isForGood(error: unknown): boolean {
  return (error as { $fault?: string }).$fault === 'client' && !isThrottled(error);
}
