import { lastPart, ResourceName, resourceNamed } from './named-resource';
import { isJsonObject, Json, JsonObject } from '../json';
import { RunningCloud } from '../runtime/running-cloud';
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
  private readonly listeners: Array<(message: Addressed) => void> = [];

  constructor(private readonly cloud: Pick<RunningCloud, 'stacks' | 'calls' | 'outbox' | 'clock'>) {
    cloud.calls.observe((call) => messagesOf(call, new Date(cloud.clock.now())).forEach((message) => this.add(message)));
  }

  /** The mails, oldest first: those of SES and those to subscribers of topics. */
  public get mails(): SentMessage[] {
    return this.cloud.outbox.messages.filter(({ channel }) => channel.startsWith('email'));
  }

  /** What was sent to a queue or published to a topic, oldest first, received or not. */
  public messages(queueOrTopic: ResourceName): Message[] {
    return this.to(resourceNamed(this.cloud.stacks, queueOrTopic, KINDS, 'queue or topic').ref);
  }

  /** Calls back for each message to a queue or topic, with the name of that, from now on. */
  public onAny(listener: (message: Message, to: string) => void): void {
    this.listeners.push((message) => listener(withoutAddress(message), message.to));
  }

  /** Calls back for each message to one queue or topic, from now on. */
  public onMessage(reference: string, listener: (message: Message) => void): void {
    this.listeners.push((message) => message.to === lastPart(reference) && listener(message));
  }

  /** @param reference the ARN, URL or name of a queue or topic. */
  public to(reference: string): Message[] {
    return this.all.filter(({ to }) => to === lastPart(reference)).map(withoutAddress);
  }

  private add(message: Addressed): void {
    this.all.push(message);
    this.listeners.forEach((listener) => listener(message));
  }
}

function withoutAddress({ at, subject, body, attributes }: Addressed): Message {
  return { at, ...(subject !== undefined && { subject }), body, attributes };
}

/** Taken from the calls, so that messages that were received and deleted are included. */
function messagesOf({ service, operation, input }: ServiceCall, at: Date): Addressed[] {
  const batch = (entries: Json | undefined) => entries as JsonObject[];
  switch (`${service}:${operation}`) {
    case 'sns:Publish': return [addressed(input.TopicArn ?? input.TargetArn, input, at)];
    case 'sns:PublishBatch': return batch(input.PublishBatchRequestEntries).map((entry) => addressed(input.TopicArn, entry, at));
    case 'sqs:SendMessage': return [addressed(input.QueueUrl, input, at)];
    case 'sqs:SendMessageBatch': return batch(input.Entries).map((entry) => addressed(input.QueueUrl, entry, at));
    default: return [];
  }
}

function addressed(to: Json | undefined, input: JsonObject, at: Date): Addressed {
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
