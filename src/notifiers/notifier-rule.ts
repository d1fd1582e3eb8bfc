import {
  Duration, RemovalPolicy, aws_events as events, aws_events_targets as targets, aws_lambda as lambda, aws_lambda_destinations as destinations,
} from 'aws-cdk-lib';
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
    displayName: `${scope.node.id} notifier`,
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

/**
 * A function that is told. The bus has delivered when Lambda takes the event: what the function fails at is Lambda's to try
 * again and to park.
 *
 * @internal
 */
export function functionTarget(handler: lambda.IFunction, delivery: targets.TargetBaseProps): events.IRuleTarget {
  // A function has one such configuration: its own, or that of the first notifier which calls it.
  if (!handler.node.tryFindChild('EventInvokeConfig')) {
    handler.configureAsyncInvoke({
      retryAttempts: 2, maxEventAge: Duration.hours(6), onFailure: new destinations.SqsDestination(delivery.deadLetterQueue!),
    });
  }
  return new targets.LambdaFunction(handler, { ...delivery, event: DETAIL });
}

/** What a receiver gets: the detail, without the envelope of the bus. @internal */
export const DETAIL = events.RuleTargetInput.fromEventPath('$.detail');
