import { aws_sns as sns } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { AlertKind } from './alert-kind';
import { AlertTargetBindOptions, AlertTargetOptions } from './alert-target';
import { DeadLetterQueue } from '../private/dead-letter-queue';
import { letMessagingUseKey } from '../private/shared-key';
import { ValidationError } from '../private/validation-error';

/**
 * Subscribes to the alerts, with a filter and a dead-letter queue of its own.
 *
 * The alarm of that queue goes to the same topic, so that every other target hears of a target that is broken. It cannot go
 * round for ever: an alarm tells when its state changes, and what it adds to a queue that holds something already changes none.
 *
 * @internal
 */
export function subscribe(
  scope: Construct,
  { alerts: { topic }, encryptionKey }: AlertTargetBindOptions,
  options: AlertTargetOptions,
  subscription: sns.ITopicSubscription,
): DeadLetterQueue {
  const deadLetterQueue = new DeadLetterQueue(scope, 'DeadLetters', {
    displayName: `${scope.node.id} alerts`,
    description: `Alerts of ${scope.node.id} were not delivered`,
    topic,
    encryptionKey,
  });
  if (encryptionKey) {
    letMessagingUseKey(scope, encryptionKey);
  }
  const { subscriberScope, subscriberId, subscriptionDependency, ...config } = subscription.bind(topic);
  // Below the target and not below whoever listens: so one queue, function or address can be told of several workflows.
  const made = new sns.Subscription(scope, 'Subscription', {
    ...config,
    topic,
    filterPolicy: config.filterPolicy ?? (config.filterPolicyWithMessageBody ? undefined : filterPolicy(scope, options)),
    deadLetterQueue: config.deadLetterQueue ?? deadLetterQueue,
  });
  if (subscriptionDependency) {
    made.node.addDependency(subscriptionDependency);
  }
  return deadLetterQueue;
}

/** What a failure names that belongs to no step of the team's. */
const OF_THE_WHOLE_ORDER = ['Order', 'OpenOrder', 'CompleteOrder', 'ClosingSteps', 'RepairOrder'];

function filterPolicy(scope: Construct, { kinds, steps }: AlertTargetOptions): { [name: string]: sns.SubscriptionFilter } | undefined {
  for (const [name, values] of Object.entries({ kinds, steps })) {
    if (values?.length === 0) {
      throw new ValidationError(`${name} is empty, so nothing would be told: name some, or leave it out to be told of all`, scope);
    }
  }
  const policy = {
    ...(kinds ? { kind: oneOf(kinds, kinds.includes(AlertKind.ALARM)) } : {}),
    ...(steps ? { step: oneOf([...steps, ...OF_THE_WHOLE_ORDER], true) } : {}),
  };
  return kinds || steps ? policy : undefined;
}

function oneOf(values: string[], orNone: boolean): sns.SubscriptionFilter {
  return new sns.SubscriptionFilter(orNone ? [...values, { exists: false }] : values);
}
