import { lastPart, ResourceName, resourceNamed } from './named-resource';
import { isJsonObject, Json, JsonObject } from '../json';
import { LocalCloud } from '../runtime/local-cloud';
import { SentMessage } from '../services/outbox';
import { ServiceCall } from '../services/service';

/** A message as it was sent to a queue or published to a topic. */
export interface Message {
  readonly at: Date;
  readonly subject?: string;
  /** The body, parsed if it is JSON. */
  readonly body: Json;
  /** The values of the message's attributes. */
  readonly attributes: Readonly<Record<string, string>>;
}

interface Addressed extends Message {
  readonly to: string;
}

const KINDS = ['AWS::SQS::Queue', 'AWS::SNS::Topic'];

/** Everything that the cloud sent, from its start on. */
export class Sent {
  private readonly all: Addressed[] = [];

  constructor(private readonly cloud: Pick<LocalCloud, 'stacks' | 'calls' | 'outbox' | 'clock'>) {
    cloud.calls.observe((call) => this.all.push(...messagesOf(call, new Date(cloud.clock.now()))));
  }

  /** The mails, oldest first: those of SES and those to subscribers of topics. */
  public get mails(): SentMessage[] {
    return this.cloud.outbox.messages.filter(({ channel }) => channel.startsWith('email'));
  }

  /** What was sent to a queue or published to a topic, oldest first, received or not. */
  public messages(queueOrTopic: ResourceName): Message[] {
    return this.to(resourceNamed(this.cloud.stacks, queueOrTopic, KINDS, 'queue or topic').ref);
  }

  /** @param reference the ARN, URL or name of a queue or topic. */
  public to(reference: string): Message[] {
    return this.all.filter(({ to }) => to === lastPart(reference)).map(({ at, subject, body, attributes }) => ({ at, ...(subject !== undefined && { subject }), body, attributes }));
  }
}

/** Read off the calls, so that what was received and deleted is seen too. */
function messagesOf({ service, operation, input }: ServiceCall, at: Date): Addressed[] {
  const batch = (entries: Json | undefined) => entries as JsonObject[];
  switch (`${service}:${operation}`) {
    case 'sns:Publish': return [message(input.TopicArn ?? input.TargetArn, input, at)];
    case 'sns:PublishBatch': return batch(input.PublishBatchRequestEntries).map((entry) => message(input.TopicArn, entry, at));
    case 'sqs:SendMessage': return [message(input.QueueUrl, input, at)];
    case 'sqs:SendMessageBatch': return batch(input.Entries).map((entry) => message(input.QueueUrl, entry, at));
    default: return [];
  }
}

function message(to: Json | undefined, input: JsonObject, at: Date): Addressed {
  const { Message: text, MessageBody, Subject, MessageAttributes } = input;
  const attributes = isJsonObject(MessageAttributes) ? Object.entries(MessageAttributes) : [];
  return {
    to: lastPart(String(to)),
    at,
    ...(Subject !== undefined && { subject: String(Subject) }),
    body: parsed(String(text ?? MessageBody ?? '')),
    attributes: Object.fromEntries(attributes.map(([name, value]) => [name, String((value as JsonObject).StringValue ?? '')])),
  };
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}
