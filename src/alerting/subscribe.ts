import { aws_sns as sns, aws_sqs as sqs } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { AlertKind } from './alert-kind';
import { AlertTargetOptions } from './alert-options';
import { AlertSubscription } from './alert-subscription';
import { Filter } from './filter-union';
import { ALERT_KINDS } from '../contract/alert-kinds';
import { STEPS_OF_THE_WHOLE_ORDER } from '../contract/workflow-steps';
import { IOrderWorkflow } from '../order-workflow';
import { DeadLetterQueue } from '../private/dead-letter-queue';
import { isFifoQueue } from '../private/fifo';
import { checkPossible } from '../private/possible-values';
import { ValidationError } from '../private/validation-error';

/**
 * Subscribes to the failure topic, with a filter and a dead-letter queue; what is returned is that queue.
 *
 * The alarm of that queue publishes to the same topic, so that the other targets report a target that fails. This cannot loop: an
 * alarm acts when its state changes, and more messages in a queue that has some do not change it.
 *
 * @internal
 */
export function subscribe(
  scope: Construct, workflow: IOrderWorkflow, options: AlertTargetOptions, subscription: sns.ITopicSubscription,
): sqs.IQueue {
  const { failureTopic: topic, encryptionKey } = workflow;
  const filter = filterPolicy(scope, workflow, options);
  const config = boundTo(scope, topic, subscription);
  if (isFifoQueue(config)) {
    throw new ValidationError(`the queue of ${scope.node.id} is a FIFO queue, which SNS does not subscribe to the standard topic of alerts: use a standard queue`, scope);
  }
  return AlertSubscription.of({
    target: scope,
    workflow,
    config,
    filter,
    newDeadLetterQueue: () => new DeadLetterQueue(scope, 'DeadLetters', {
      displayName: `${scope.node.id} alerts`,
      description: `Alerts of ${scope.node.id} were not delivered`,
      topic,
      encryptionKey,
    }),
  }).deadLetterQueue;
}

function boundTo(scope: Construct, topic: sns.ITopic, subscription: sns.ITopicSubscription): sns.TopicSubscriptionConfig {
  try {
    return subscription.bind(topic);
  } catch (error) {
    if (!/cyclic reference/.test(String(error))) {
      throw error;
    }
    throw new ValidationError(
      `the receiver of ${scope.node.id} is in a stack that the stack of the workflow depends on, and its policy needs the topic of the workflow:`
      + ' remove that dependency, make the receiver in the stack of the workflow, or import it by its ARN and allow SNS in its policy', scope,
    );
  }
}

/** On the body: SNS matches no filter on attributes, not even `exists: false`, if a message has none, and those of alarms have none. */
function filterPolicy(
  scope: Construct, { stepNames }: IOrderWorkflow, { kinds, steps }: AlertTargetOptions,
): Filter | undefined {
  for (const [prop, values] of Object.entries({ kinds, steps })) {
    if (values?.length === 0) {
      throw new ValidationError(`${prop} of ${scope.node.id} is empty, which no alert matches: list some, or leave ${prop} out to match all`, scope);
    }
  }
  checkPossible(scope, { prop: 'kinds', what: 'an alert kind', values: kinds, possible: Object.values(ALERT_KINDS) });
  checkPossible(scope, { prop: 'steps', what: 'a step', values: steps, possible: stepNames });
  const policy = {
    ...(kinds ? { kind: oneOf(kinds, kinds.includes(AlertKind.ALARM)) } : {}),
    ...(steps ? { steps: oneOf([...steps, ...STEPS_OF_THE_WHOLE_ORDER], true) } : {}),
  };
  return kinds || steps ? policy : undefined;
}

function oneOf(values: string[], orNone: boolean): unknown[] {
  return orNone ? [...values, { exists: false }] : values;
}
