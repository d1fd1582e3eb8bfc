import { deliver } from './delivery';
import { Caller } from './service';
import { ServiceContext } from './service-context';
import { ServiceError } from './service-error';

export interface RetryPolicy {
  readonly maxAttempts: number;
  readonly maxAgeMs: number;
  readonly deadLetterArn?: string;
}

/** How Lambda's destinations are reached. */
export const DESTINATION_RETRY: RetryPolicy = { maxAttempts: 3, maxAgeMs: Infinity };

const FIRST_BACKOFF_MS = 1000;
const LONGEST_BACKOFF_MS = 60_000;

/**
 * Errors that are not retried: the target does not exist, or does not admit the service.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
 * https://docs.aws.amazon.com/sns/latest/dg/sns-dead-letter-queues.html
 */
const FINAL = new Set([
  'QueueDoesNotExist', 'ResourceNotFoundException', 'NotFound', 'StateMachineDoesNotExist', 'ExecutionAlreadyExists',
  'AccessDeniedException', 'AccessDenied', 'AuthorizationError', 'KMSAccessDenied', 'KmsAccessDenied', 'KmsAccessDeniedException',
]);

/**
 * Delivers a message, retries while the target rejects it, and finally sends it to the dead-letter queue.
 * @param send how it is delivered, if not simply to the ARN
 */
export async function deliverWithRetry(
  context: ServiceContext, caller: Caller, targetArn: string, message: string, policy: RetryPolicy,
  send: () => Promise<unknown> = () => deliver(context.calls, caller, targetArn, message),
): Promise<void> {
  const { clock, calls, log } = context;
  const begin = clock.now();
  for (let attempt = 0; ; attempt++) {
    try {
      await send();
      return;
    } catch (error) {
      const hopeless = error instanceof ServiceError && FINAL.has(error.code);
      if (hopeless || attempt >= policy.maxAttempts || clock.now() - begin >= policy.maxAgeMs) {
        log(caller.name, `not delivered to ${targetArn}: ${(error as Error).message}`);
        if (policy.deadLetterArn) {
          await deliver(calls, caller, policy.deadLetterArn, message);
        }
        return;
      }
      await clock.sleep(Math.min(FIRST_BACKOFF_MS * 2 ** attempt, LONGEST_BACKOFF_MS));
    }
  }
}
