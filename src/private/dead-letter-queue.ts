import { Duration, RemovalPolicy, aws_cloudwatch as cloudwatch, aws_kms as kms, aws_sns as sns, aws_sqs as sqs } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { alarmDescription, notifyOfAlarm } from './alarm-notification';
import { letMessagingUseKey } from './shared-key';
import { WatchList } from '../watch-list';

/** @internal */
export interface DeadLetterQueueProps {
  /** What the messages in it mean, for the alarm. */
  readonly description: string;
  /** The name that the monitoring shows; its path within the workflow if there is none. */
  readonly displayName?: string;
  readonly topic?: sns.ITopic;
  readonly encryptionKey?: kms.IKey;
  /** Deleted with its stack unless this says to keep it. */
  readonly removalPolicy?: RemovalPolicy;
}

/**
 * A dead-letter queue, with an alarm as soon as a message is in it.
 *
 * @internal
 */
export class DeadLetterQueue extends sqs.Queue {
  public readonly alarm: cloudwatch.Alarm;

  constructor(scope: Construct, id: string, props: DeadLetterQueueProps) {
    super(scope, id, {
      retentionPeriod: Duration.days(14),
      enforceSSL: true,
      encryption: props.encryptionKey ? sqs.QueueEncryption.KMS : sqs.QueueEncryption.SQS_MANAGED,
      encryptionMasterKey: props.encryptionKey,
      removalPolicy: props.removalPolicy,
    });
    if (props.encryptionKey) {
      letMessagingUseKey(this, props.encryptionKey);
    }
    this.alarm = this.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(1), statistic: 'Maximum' })
      .createAlarm(this, 'Alarm', {
        alarmDescription: alarmDescription(props.description, 'Dead-letter queues'),
        threshold: 1,
        evaluationPeriods: 1,
        treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
      });
    if (props.topic) {
      notifyOfAlarm(this.alarm, props.topic);
    }
    const watchList = WatchList.of(this);
    watchList.deadLetterQueue(props.displayName ?? watchList._pathOf(this), this, this.alarm);
  }
}
