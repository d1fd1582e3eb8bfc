import { isJsonObject, Json, JsonObject } from '../../json';

/** A message published to a topic. */
export interface Notification {
  readonly id: string;
  readonly topicArn: string;
  readonly subject?: string;
  readonly message: string;
  readonly attributes: JsonObject;
  readonly publishedAt: number;
}

/** What a queue gets unless its subscription has raw message delivery. */
export function envelope(notification: Notification): JsonObject {
  return { ...common(notification), ...(notification.subject !== undefined && { Subject: notification.subject }) };
}

/** What a function gets. */
export function functionEvent(notification: Notification, subscriptionArn: string): JsonObject {
  const { SigningCertURL, UnsubscribeURL, ...rest } = common(notification);
  return {
    Records: [{
      EventSource: 'aws:sns',
      EventVersion: '1.0',
      EventSubscriptionArn: subscriptionArn,
      Sns: {
        ...rest,
        Subject: notification.subject ?? null,
        MessageAttributes: shownAttributes(notification),
        SigningCertUrl: SigningCertURL,
        UnsubscribeUrl: UnsubscribeURL,
      },
    }],
  };
}

/** The values of attributes as filter policies see them; they do not see binary ones. */
export function filterView({ attributes }: Notification): JsonObject {
  const seen = Object.entries(attributes as Record<string, JsonObject>).filter(([, { DataType }]) => !String(DataType).startsWith('Binary'));
  return Object.fromEntries(seen.map(([name, { DataType, StringValue }]) => {
    const isValue = DataType === 'Number' || DataType === 'String.Array';
    return [name, isValue ? JSON.parse(String(StringValue)) as Json : StringValue];
  }));
}

function common(notification: Notification): JsonObject {
  const attributes = shownAttributes(notification);
  return {
    Type: 'Notification',
    MessageId: notification.id,
    TopicArn: notification.topicArn,
    Message: notification.message,
    Timestamp: new Date(notification.publishedAt).toISOString(),
    SignatureVersion: '1',
    Signature: 'local',
    SigningCertURL: 'local',
    UnsubscribeURL: 'local',
    ...(Object.keys(attributes).length > 0 && { MessageAttributes: attributes }),
  };
}

function shownAttributes({ attributes }: Notification): JsonObject {
  return Object.fromEntries(Object.entries(attributes).filter(([, attribute]) => isJsonObject(attribute)).map(([name, attribute]) => {
    const { DataType, StringValue, BinaryValue } = attribute as JsonObject;
    return [name, { Type: DataType, Value: StringValue ?? BinaryValue ?? '' }];
  }));
}
