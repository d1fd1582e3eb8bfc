import { RemovalPolicy, aws_dynamodb as dynamodb, aws_kms as kms, aws_sns as sns } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { allowAlarmsToPublish } from './allow-alarms-to-publish';
import { newSentAlertsTable } from './sent-alerts-table';
import { letMessagingUseKey } from '../private/shared-key';
import { topicKey } from '../private/topic-key';
import { ValidationError } from '../private/validation-error';

/**
 * Properties for FailureAlerts.
 */
export interface FailureAlertsProps {
  /**
   * An existing topic.
   *
   * Its policy, and that of its key, get what alarms need to publish, unless it is imported.
   *
   * @default - a new topic
   */
  readonly topic?: sns.ITopic;

  /**
   * The key that encrypts a new topic.
   *
   * CloudWatch alarms and EventBridge rules publish to the topic, so they must be allowed to use it.
   *
   * @default - a new key that they may use
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * What happens to a new key when its stack is deleted.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}

/**
 * The SNS topic that receives failure notifications, and the table of the alerts that were sent.
 *
 * A message has the attributes `kind`, `step` and `error`, for filter policies.
 */
export class FailureAlerts extends Construct {
  /**
   * The topic.
   */
  public readonly topic: sns.ITopic;

  /**
   * The key that encrypts the topic: a new one, or the one of the properties.
   */
  public readonly encryptionKey?: kms.IKey;

  private readonly existingKey?: kms.IKey;
  private sentAlerts?: dynamodb.ITable;

  /**
   * @param scope the scope
   * @param id the id
   * @param props properties
   */
  constructor(scope: Construct, id: string, props: FailureAlertsProps = {}) {
    super(scope, id);
    this.existingKey = props.encryptionKey;
    if (props.topic?.fifo) {
      throw new ValidationError(
        `failureTopic is the FIFO topic ${props.topic.node.path}, to which neither alarms nor EventBridge rules publish, and which delivers to queues only:`
        + ' use a standard topic',
        this,
      );
    }
    if (props.topic) {
      this.topic = props.topic;
      this.encryptionKey = props.encryptionKey;
    } else {
      this.encryptionKey = props.encryptionKey ?? new kms.Key(this, 'Key', {
        description: 'Encrypts the failure notifications of an order workflow',
        enableKeyRotation: true,
        removalPolicy: props.removalPolicy,
      });
      this.topic = new sns.Topic(this, 'Topic', { masterKey: this.encryptionKey, enforceSSL: true });
    }
    const key = topicKey(this.topic);
    if (key) {
      letMessagingUseKey(this, key);
    }
    allowAlarmsToPublish(this, this.topic);
  }

  /**
   * The table of the alerts that were sent, for deduplication, made with the first use of this attribute.
   */
  public get sentAlertsTable(): dynamodb.ITable {
    this.sentAlerts ??= newSentAlertsTable(new Construct(this, 'SentAlerts'), this.existingKey);
    return this.sentAlerts;
  }
}
