import { Duration, RemovalPolicy, aws_events as events, aws_events_targets as targets } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { NotifierOptions, OrderNotifierBindOptions } from './order-notifier';
import { checkStatuses } from './possible-status';
import { DeadLetterQueue } from '../private/dead-letter-queue';

/** A notice is worth a day of trying, and no more. */
const RETRIES: targets.TargetBaseProps = { maxEventAge: Duration.hours(24), retryAttempts: 185 };

/**
 * A rule on the bus whose target has a dead-letter queue of its own.
 *
 * @internal
 */
export function notifierRule(
  scope: Construct,
  bound: OrderNotifierBindOptions,
  options: NotifierOptions,
  target: (delivery: targets.TargetBaseProps) => events.IRuleTarget,
): void {
  checkStatuses(scope, bound, 'statuses', options.statuses);
  const deadLetterQueue = new DeadLetterQueue(scope, 'DeadLetters', {
    description: `Notices of ${scope.node.id} were not delivered`,
    topic: bound.failureTopic,
    encryptionKey: bound.encryptionKey,
    removalPolicy: bound.removalPolicy ?? RemovalPolicy.RETAIN,
  });
  bound.publisher.onStatusChanged(`${scope.node.id}Rule`, {
    statuses: options.statuses,
    target: target({ ...RETRIES, deadLetterQueue }),
  });
}

/** What a receiver gets: the detail, without the envelope of the bus. @internal */
export const DETAIL = events.RuleTargetInput.fromEventPath('$.detail');
