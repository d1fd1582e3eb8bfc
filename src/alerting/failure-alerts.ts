import { RemovalPolicy, aws_dynamodb as dynamodb, aws_kms as kms, aws_sns as sns } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { letAlarmsPublish } from './let-alarms-publish';
import { SentAlertsTable } from './sent-alerts-table';
import { letMessagingUseKey } from '../private/shared-key';
import { topicKey } from '../private/topic-key';

/**
 * Where failures are told.
 */
export interface FailureAlertsProps {
  /**
   * A topic of yours; its policy, and that of its key, are made to let alarms publish, unless it is imported.
   *
   * @default - a new topic
   */
  readonly topic?: sns.ITopic;

  /**
   * The key that encrypts a new topic.
   *
   * CloudWatch alarms and EventBridge rules publish to the topic too, so they must be allowed to use it.
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
 * The topic to which a workflow tells what went wrong.
 *
 * A message has the attributes `kind`, `step` and `error` to filter by.
 */
export class FailureAlerts extends Construct {
  /**
   * The topic.
   */
  public readonly topic: sns.ITopic;

  /**
   * The key that encrypts the topic, when it was made here or brought.
   */
  public readonly encryptionKey?: kms.IKey;

  private readonly broughtKey?: kms.IKey;
  private sentAlerts?: SentAlertsTable;

  /**
   * @param scope the parent
   * @param id the id within the parent
   * @param props where to tell failures
   */
  constructor(scope: Construct, id: string, props: FailureAlertsProps = {}) {
    super(scope, id);
    this.broughtKey = props.encryptionKey;
    if (props.topic) {
      this.topic = props.topic;
      this.encryptionKey = props.encryptionKey;
    } else {
      this.encryptionKey = props.encryptionKey ?? new kms.Key(this, 'Key', {
        description: 'Encrypts what an order workflow tells of its failures',
        enableKeyRotation: true,
        removalPolicy: props.removalPolicy,
      });
      this.topic = new sns.Topic(this, 'Topic', { masterKey: this.encryptionKey, enforceSSL: true });
    }
    const key = topicKey(this.topic);
    if (key) {
      letMessagingUseKey(this, key);
    }
    letAlarmsPublish(this, this.topic);
  }

  /**
   * The table of what was told already, when there is a target that needs it.
   */
  public get sentAlertsTable(): dynamodb.ITable | undefined {
    return this.sentAlerts?.table;
  }

  /** One table for all targets, made with the first that needs it. @internal */
  public _ensureSentAlerts(): SentAlertsTable {
    this.sentAlerts ??= new SentAlertsTable(this, 'SentAlerts', { encryptionKey: this.broughtKey });
    return this.sentAlerts;
  }
}
