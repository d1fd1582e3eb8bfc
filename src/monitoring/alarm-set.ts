import { aws_cloudwatch as cloudwatch, aws_sns as sns } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { alarmDescription, notifyOfAlarm } from '../private/alarm-notification';

/** @internal */
export interface AlarmProps {
  readonly metric: cloudwatch.IMetric;
  /** No alarm is made for 0. */
  readonly threshold: number;
  /** What is wrong. */
  readonly description: string;
  /** The section of the documentation that says what to do. */
  readonly section: string;
  /** @default 1 */
  readonly evaluationPeriods?: number;
  /** A count of 0 is not reported, so by default missing data is no breach. */
  readonly treatMissingData?: cloudwatch.TreatMissingData;
  /** @default true */
  readonly notifiesEnd?: boolean;
}

/**
 * Alarms that notify one topic.
 *
 * @internal
 */
export class AlarmSet extends Construct {
  constructor(scope: Construct, id: string, private readonly topic: sns.ITopic) {
    super(scope, id);
  }

  /** Adds an alarm, unless it is there or its threshold is 0. */
  public add(id: string, props: AlarmProps): cloudwatch.Alarm | undefined {
    if (props.threshold === 0 || this.node.tryFindChild(id)) {
      return undefined;
    }
    const alarm = new cloudwatch.Alarm(this, id, {
      metric: props.metric,
      threshold: props.threshold,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: props.evaluationPeriods ?? 1,
      treatMissingData: props.treatMissingData ?? cloudwatch.TreatMissingData.NOT_BREACHING,
      alarmDescription: alarmDescription(props.description, props.section),
    });
    notifyOfAlarm(alarm, this.topic, props.notifiesEnd);
    return alarm;
  }
}
