import { checkTopicName } from './check-topic';
import { readAttributes } from './message-attributes';
import { MODEL } from './model.generated';
import { snsNeeds } from './needs';
import { Notification } from './notification';
import { readSubject } from './subject';
import { deliverTo, readSubscription, subscribe, Subscription } from './subscription';
import { CreatedResource } from '../../assembly';
import { JsonObject } from '../../json';
import { randomUuid } from '../../random';
import { NeedTable } from '../access/need';
import { Outbox } from '../outbox';
import { Resource } from '../resource';
import { Operation, ResourceType, Service } from '../service';
import { ServiceContext } from '../service-context';
import { ServiceError } from '../service-error';

const MAX_MESSAGE_BYTES = 256 * 1024;

/** SNS: standard topics, fanning out to queues and functions. */
export class SnsService implements Service {
  public readonly name = 'sns';
  public readonly types: Readonly<Record<string, ResourceType>> = {
    'AWS::SNS::Topic': {
      used: ['TopicName', 'Subscription', 'FifoTopic', 'KmsMasterKeyId'],
      ignored: [
        'ArchivePolicy',
        'ContentBasedDeduplication',
        'DataProtectionPolicy',
        'DeliveryStatusLogging',
        'DisplayName',
        'SignatureVersion',
        'Tags',
        'TracingConfig',
      ],
      create: (resource) => this.createTopic(resource),
    },
    'AWS::SNS::Subscription': {
      used: ['TopicArn', 'Protocol', 'Endpoint', 'FilterPolicy', 'FilterPolicyScope', 'RawMessageDelivery', 'RedrivePolicy'],
      ignored: ['DeliveryPolicy', 'Region', 'ReplayPolicy', 'SubscriptionRoleArn'],
      create: (resource) => {
        const topicArn = resource.required<string>('TopicArn');
        const { arn } = subscribe(resource, this.subscriptionsOf(topicArn), readSubscription(resource, topicArn, resource.properties));
        return { ref: arn, attributes: { Arn: arn } };
      },
    },
  };

  public readonly operations: Readonly<Record<string, Operation>> = {
    Publish: (input) => ({ MessageId: this.publish(String(input.TopicArn ?? input.TargetArn), input) }),
    PublishBatch: ({ TopicArn, PublishBatchRequestEntries }) => ({
      Successful: (PublishBatchRequestEntries as JsonObject[]).map((entry) => ({
        Id: entry.Id,
        MessageId: this.publish(String(TopicArn), entry),
      })),
      Failed: [],
    }),
  };

  public readonly model = MODEL;
  public readonly needs: NeedTable;
  private readonly topics = new Map<string, Subscription[]>();

  constructor(
    private readonly context: ServiceContext,
    private readonly outbox: Outbox,
  ) {
    this.needs = snsNeeds(context.policies);
  }

  private createTopic(resource: Resource): CreatedResource {
    checkTopicName(resource);
    if (resource.get('FifoTopic') === true) {
      throw resource.refuse('FifoTopic', 'is true, and only standard topics run locally', 'use a standard topic in local runs');
    }
    const name = resource.name('TopicName');
    const arn = resource.arn('sns', name);
    this.context.policies.encrypt(arn, resource.get('KmsMasterKeyId'));
    // https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html
    this.context.policies.addByDefault(arn, `the default policy of ${name}`, {
      Version: '2012-10-17', Statement: { Effect: 'Allow', Principal: { Service: 'cloudwatch.amazonaws.com' }, Action: 'sns:Publish', Resource: arn },
    });
    const inline = resource.get<JsonObject[]>('Subscription') ?? [];
    this.topics.set(
      arn,
      inline.map((properties) => readSubscription(resource, arn, properties)),
    );
    return { ref: arn, attributes: { TopicArn: arn, TopicName: name } };
  }

  private publish(topicArn: string, { Message, Subject, MessageAttributes }: JsonObject): string {
    const subscriptions = this.subscriptionsOf(topicArn);
    const message = String(Message ?? '');
    if (message === '') {
      throw new ServiceError('InvalidParameter', 'Invalid parameter: Empty message');
    }
    if (Buffer.byteLength(message) > MAX_MESSAGE_BYTES) {
      throw new ServiceError('InvalidParameter', 'Invalid parameter: Message too long');
    }
    const notification: Notification = {
      id: randomUuid(this.context.random),
      topicArn,
      message,
      attributes: readAttributes(MessageAttributes as JsonObject | undefined),
      publishedAt: this.context.clock.now(),
      subject: readSubject(Subject),
    };
    for (const subscription of subscriptions.filter(({ wants }) => wants(notification))) {
      this.context.background.run(topicArn, () => deliverTo(subscription, notification, this.context, this.outbox));
    }
    return notification.id;
  }

  private subscriptionsOf(topicArn: string): Subscription[] {
    const subscriptions = this.topics.get(topicArn);
    if (!subscriptions) {
      throw new ServiceError('NotFound', 'Topic does not exist', 404);
    }
    return subscriptions;
  }
}
