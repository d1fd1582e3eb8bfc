import { Duration, aws_events as events, aws_events_targets as targets, aws_lambda as lambda } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { sendFailedInvocations } from './failed-invocations';
import { IOrderWorkflow } from '../order-workflow';
import { DeadLetterQueue } from '../private/dead-letter-queue';
import { checkPossible } from '../private/possible-values';
import { statusChangedRule } from '../status-feed/status-changed-rule';

/** The message to a receiver: the detail of the event, without the envelope of EventBridge. @internal */
export const DETAIL = events.RuleTargetInput.fromEventPath('$.detail');

/** After a day a notification is outdated. */
const RETRY_POLICY: targets.TargetBaseProps = { maxEventAge: Duration.hours(24), retryAttempts: 185 };

/**
 * A rule of the workflow's event bus, in the namespace of the notifier.
 *
 * @internal
 */
export function statusRule(scope: Construct, workflow: IOrderWorkflow, target: events.IRuleTarget, statuses?: string[]): void {
  checkPossible(scope, { prop: 'statuses', what: 'a status', values: statuses, possible: workflow.orderStatuses });
  statusChangedRule(scope, 'Rule', workflow, { statuses, target });
}

/**
 * A rule whose target has a dead-letter queue of its own.
 *
 * @internal
 */
export function notifierRule(
  scope: Construct,
  workflow: IOrderWorkflow,
  statuses: string[] | undefined,
  target: (delivery: targets.TargetBaseProps) => events.IRuleTarget,
): void {
  const deadLetterQueue = new DeadLetterQueue(scope, 'DeadLetters', {
    displayName: `${scope.node.id} notifier`,
    description: `Notifications of ${scope.node.id} were not delivered`,
    topic: workflow.failureTopic,
    encryptionKey: workflow.encryptionKey,
    removalPolicy: workflow.removalPolicy,
  });
  statusRule(scope, workflow, target({ ...RETRY_POLICY, deadLetterQueue }), statuses);
}

/**
 * A target that invokes a function. EventBridge has delivered the event when Lambda accepts it: Lambda handles the errors of the
 * function.
 *
 * @internal
 */
export function functionTarget(scope: Construct, handler: lambda.IFunction, delivery: targets.TargetBaseProps): events.IRuleTarget {
  sendFailedInvocations(scope, handler, delivery.deadLetterQueue!);
  return new targets.LambdaFunction(handler, { ...delivery, event: DETAIL });
}
