import { checkEndpoint } from './check-topic';
import { compileFilterPolicy } from './filter-policy';
import { envelope, functionEvent, Notification } from './notification';
import { JsonObject } from '../../json';
import { deliver } from '../delivery';
import { Outbox } from '../outbox';
import { Resource } from '../resource';
import { deliverWithRetry, RetryPolicy } from '../retried-delivery';
import { ServiceContext } from '../service-context';

/** SNS tries far longer; these attempts take some twelve minutes. */
const ATTEMPTS = 15;
const ATTRIBUTES = ['FilterPolicy', 'FilterPolicyScope', 'RawMessageDelivery', 'RedrivePolicy'];
const TO_PEOPLE = ['email', 'email-json', 'sms', 'http', 'https'];

export interface Subscription {
  readonly arn: string;
  readonly protocol: string;
  readonly endpoint: string;
  readonly raw: boolean;
  readonly wants: (notification: Notification) => boolean;
  readonly retry: RetryPolicy;
  /** What a second subscription of the same endpoint must have, too. */
  readonly attributes: string;
}

export function readSubscription(resource: Resource, topicArn: string, properties: JsonObject): Subscription {
  const protocol = String(properties.Protocol);
  if (!['sqs', 'lambda', ...TO_PEOPLE].includes(protocol)) {
    throw resource.refuse('Protocol', `is ${protocol}`, 'the local cloud delivers to queues and functions, and keeps mails, text messages and HTTP posts in the outbox');
  }
  checkEndpoint(resource, topicArn, String(properties.Endpoint));
  const redrive = properties.RedrivePolicy as JsonObject | undefined;
  const policy = properties.FilterPolicy as JsonObject | undefined;
  return {
    arn: `${topicArn}:${resource.logicalId}`,
    protocol,
    endpoint: String(properties.Endpoint),
    raw: properties.RawMessageDelivery === true,
    attributes: JSON.stringify(ATTRIBUTES.map((name) => properties[name] ?? null)),
    wants: policy ? compileFilterPolicy(policy, properties.FilterPolicyScope === 'MessageBody' ? 'MessageBody' : 'MessageAttributes') : () => true,
    retry: {
      maxAttempts: ATTEMPTS,
      maxAgeMs: Infinity,
      ...(redrive && { deadLetterArn: String(redrive.deadLetterTargetArn) }),
    },
  };
}

/** Adds a subscription, unless it is there already: SNS has one for each endpoint of a topic, with one set of attributes. */
export function subscribe(resource: Resource, subscriptions: Subscription[], wanted: Subscription): Subscription {
  const known = subscriptions.find(({ protocol, endpoint }) => protocol === wanted.protocol && endpoint === wanted.endpoint);
  if (known && known.attributes !== wanted.attributes) {
    throw resource.refuse(
      'Endpoint', 'is subscribed already: Invalid parameter: Attributes Reason: Subscription already exists with different attributes',
      'subscribe it once, with a filter policy for all that it is to receive',
    );
  }
  if (!known) {
    subscriptions.push(wanted);
  }
  return known ?? wanted;
}

export async function deliverTo(
  { protocol, endpoint, raw, arn, retry }: Subscription,
  notification: Notification,
  context: ServiceContext,
  outbox: Outbox,
): Promise<void> {
  const caller = {
    kind: 'service', name: notification.topicArn, as: { service: 'sns.amazonaws.com', sourceArn: notification.topicArn },
  } as const;
  const enveloped = JSON.stringify(envelope(notification));
  switch (protocol) {
    case 'sqs': {
      const body = raw ? notification.message : enveloped;
      const input = { QueueUrl: endpoint, MessageBody: body, ...(raw && { MessageAttributes: notification.attributes }) };
      await deliverWithRetry(context, caller, endpoint, body, retry, () =>
        context.calls.perform({ service: 'sqs', operation: 'SendMessage', input, caller }),
      );
      return;
    }
    case 'lambda':
      // What could not be delivered to the function goes to the dead-letter queue in the form of a queue's message, not of its event.
      await deliverWithRetry(context, caller, endpoint, enveloped, retry, () =>
        deliver(context.calls, caller, endpoint, JSON.stringify(functionEvent(notification, arn))),
      );
      return;
    default:
      outbox.add({
        channel: protocol,
        to: [endpoint],
        text: notification.message,
        ...(notification.subject && { subject: notification.subject }),
      });
  }
}
