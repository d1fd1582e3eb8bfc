import { checkQueue, FIFO_PROPERTIES } from './check-queue';
import { MODEL } from './model.generated';
import { sqsNeeds } from './needs';
import { Message, Queue } from './queue';
import { asReceived } from './received-message';
import { checkBatch, checkRanges } from './request-rules';
import { CreatedResource } from '../../assembly';
import { JsonObject } from '../../json';
import { NeedTable } from '../access/need';
import { Resource } from '../resource';
import { Operation, ResourceType, Service, ServiceCall } from '../service';
import { ServiceContext } from '../service-context';
import { ServiceError } from '../service-error';

const MAX_MESSAGE_BYTES = 1024 * 1024;

/** SQS: standard queues in memory. */
export class SqsService implements Service {
  public readonly name = 'sqs';
  public readonly types: Readonly<Record<string, ResourceType>> = {
    'AWS::SQS::Queue': {
      used: [
        'QueueName',
        'VisibilityTimeout',
        'DelaySeconds',
        'ReceiveMessageWaitTimeSeconds',
        'MaximumMessageSize',
        'RedrivePolicy',
        'FifoQueue',
        'KmsMasterKeyId',
        ...Object.keys(FIFO_PROPERTIES),
      ],
      ignored: [
        'KmsDataKeyReusePeriodSeconds',
        'MessageRetentionPeriod',
        'RedriveAllowPolicy',
        'SqsManagedSseEnabled',
        'Tags',
      ],
      create: (resource) => this.create(resource),
    },
  };

  public readonly operations: Readonly<Record<string, Operation>> = {
    SendMessage: (input) => this.send(this.queue(input), input),
    SendMessageBatch: (input) => eachEntry(input, (entry) => ({ Id: entry.Id, ...this.send(this.queue(input), entry) })),
    ReceiveMessage: (input, call) => this.receive(input, call),
    DeleteMessage: (input) => {
      this.queue(input).delete(String(input.ReceiptHandle));
      return {};
    },
    DeleteMessageBatch: (input) =>
      eachEntry(input, (entry) => {
        this.queue(input).delete(String(entry.ReceiptHandle));
        return { Id: entry.Id };
      }),
    ChangeMessageVisibility: (input) => {
      checkRanges(input);
      if (!this.queue(input).changeVisibility(String(input.ReceiptHandle), Number(input.VisibilityTimeout))) {
        throw new ServiceError('MessageNotInflight', 'The message referred to is not in flight.');
      }
      return {};
    },
    GetQueueUrl: (input) => ({ QueueUrl: this.queue({ QueueUrl: input.QueueName }).settings.url }),
    GetQueueAttributes: (input) => ({ Attributes: describe(this.queue(input)) }),
    PurgeQueue: (input) => {
      this.queue(input).purge();
      return {};
    },
  };

  public readonly model = MODEL;
  public readonly needs: NeedTable;
  private readonly queues = new Map<string, Queue>();

  constructor(private readonly context: ServiceContext) {
    this.needs = sqsNeeds(context.policies, ({ QueueUrl, QueueName }) => this.find(String(QueueUrl ?? QueueName)).settings.arn);
  }

  /** @param reference a queue's URL, ARN or name. */
  public find(reference: string): Queue {
    const queue = this.queues.get(reference.slice(Math.max(reference.lastIndexOf('/'), reference.lastIndexOf(':')) + 1));
    if (!queue) {
      throw new ServiceError('QueueDoesNotExist', 'The specified queue does not exist.');
    }
    return queue;
  }

  private create(resource: Resource): CreatedResource {
    checkQueue(resource, (arn) => [...this.queues.values()].some(({ settings }) => settings.arn === arn));
    if (resource.get('FifoQueue') === true) {
      throw resource.refuse('FifoQueue', 'is true, and only standard queues run locally', 'use a standard queue in local runs');
    }
    const name = resource.name('QueueName');
    const arn = resource.arn('sqs', name);
    const url = `${this.context.endpointUrl}/${resource.account}/${name}`;
    this.context.policies.encrypt(arn, resource.get('KmsMasterKeyId'));
    const { deadLetterTargetArn, maxReceiveCount } = resource.get<JsonObject>('RedrivePolicy') ?? {};
    this.queues.set(
      name,
      new Queue(
        {
          name,
          arn,
          url,
          visibilitySeconds: Number(resource.get('VisibilityTimeout') ?? 30),
          delaySeconds: Number(resource.get('DelaySeconds') ?? 0),
          waitSeconds: Number(resource.get('ReceiveMessageWaitTimeSeconds') ?? 0),
          maxMessageBytes: Number(resource.get('MaximumMessageSize') ?? MAX_MESSAGE_BYTES),
          ...(deadLetterTargetArn !== undefined && {
            redrive: { deadLetterArn: String(deadLetterTargetArn), maxReceives: Number(maxReceiveCount) },
          }),
        },
        this.context,
        (message) => this.moveToDeadLetters(arn, String(deadLetterTargetArn), message),
      ),
    );
    return { ref: url, attributes: { Arn: arn, QueueName: name, QueueUrl: url } };
  }

  private moveToDeadLetters(from: string, to: string, message: Message): void {
    this.find(to).add({ ...message, receives: 0, deadLetterSource: from });
  }

  private queue({ QueueUrl }: JsonObject): Queue {
    return this.find(String(QueueUrl));
  }

  private send(queue: Queue, input: JsonObject): JsonObject {
    checkRanges(input);
    const { MessageBody, MessageAttributes, DelaySeconds } = input;
    const body = String(MessageBody ?? '');
    const bytes = Buffer.byteLength(body) + Buffer.byteLength(JSON.stringify(MessageAttributes ?? ''));
    if (bytes > queue.settings.maxMessageBytes) {
      throw new ServiceError(
        'InvalidParameterValue',
        `One or more parameters are invalid. Reason: Message must be shorter than ${queue.settings.maxMessageBytes} bytes.`,
      );
    }
    if (body === '') {
      throw new ServiceError('MissingParameter', 'The request must contain the parameter MessageBody.');
    }
    const delay = DelaySeconds === undefined ? undefined : Number(DelaySeconds);
    const { id, md5 } = queue.send(body, (MessageAttributes as JsonObject | undefined) ?? {}, delay);
    return { MessageId: id, MD5OfMessageBody: md5 };
  }

  private async receive(input: JsonObject, { caller }: ServiceCall): Promise<JsonObject> {
    checkRanges(input);
    const queue = this.queue(input);
    const visibility = input.VisibilityTimeout === undefined ? undefined : Number(input.VisibilityTimeout);
    const take = () => queue.receive(Number(input.MaxNumberOfMessages ?? 1), visibility);
    const waitSeconds = Number(input.WaitTimeSeconds ?? queue.settings.waitSeconds);
    let messages = take();
    // Virtual time stands still while a function is at work: it would wait for ever.
    if (messages.length === 0 && waitSeconds > 0 && caller.kind !== 'function') {
      await this.untilReady(queue, waitSeconds);
      messages = take();
    }
    return messages.length > 0 ? { Messages: messages.map(asReceived) } : {};
  }

  private async untilReady(queue: Queue, seconds: number): Promise<void> {
    const ready = new AbortController();
    const stop = queue.onReady(() => ready.abort());
    await this.context.clock.sleep(seconds * 1000, ready.signal).catch(() => undefined);
    stop();
  }
}

/** The entries of a batch stand or fall each by itself. */
function eachEntry({ Entries }: JsonObject, perform: (entry: JsonObject) => JsonObject): JsonObject {
  checkBatch(Entries as JsonObject[]);
  const Successful: JsonObject[] = [];
  const Failed: JsonObject[] = [];
  for (const entry of Entries as JsonObject[]) {
    try {
      Successful.push(perform(entry));
    } catch (error) {
      if (!(error instanceof ServiceError) || error.code === 'QueueDoesNotExist') {
        throw error;
      }
      Failed.push({ Id: entry.Id, Code: error.code, Message: error.message, SenderFault: true });
    }
  }
  return { Successful, ...(Failed.length > 0 && { Failed }) };
}

function describe({ settings, counts }: Queue): JsonObject {
  const { redrive } = settings;
  return {
    QueueArn: settings.arn,
    ApproximateNumberOfMessages: String(counts.ready),
    ApproximateNumberOfMessagesNotVisible: String(counts.held),
    ApproximateNumberOfMessagesDelayed: String(counts.delayed),
    VisibilityTimeout: String(settings.visibilitySeconds),
    DelaySeconds: String(settings.delaySeconds),
    ...(redrive && { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: redrive.deadLetterArn, maxReceiveCount: redrive.maxReceives }) }),
  };
}
