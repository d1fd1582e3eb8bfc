import { Duration, Token, aws_cloudwatch as cloudwatch, aws_sns as sns, aws_stepfunctions as sfn } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { AlarmSet } from './alarm-set';
import { AlarmThresholds } from './monitoring-options';
import { OrderMetrics } from './order-metrics';
import { PartAlarms } from './part-alarms';
import { isStandard } from './standard';
import { WatchedParts } from './watched-parts';
import { ValidationError } from '../private/validation-error';

/** @internal */
export interface OrderAlarmsProps {
  readonly stateMachine: sfn.StateMachine;
  readonly metrics: OrderMetrics;
  readonly topic: sns.ITopic;
  readonly parts: WatchedParts;
  readonly thresholds: AlarmThresholds;
}

const PERIOD = Duration.minutes(5);

/**
 * The alarms of a workflow, which notify its topic when they begin and when they end.
 *
 * @internal
 */
export class OrderAlarms extends AlarmSet {
  private readonly ofParts: PartAlarms;

  constructor(scope: Construct, id: string, private readonly props: OrderAlarmsProps) {
    super(scope, id, props.topic);
    const { metrics, thresholds } = props;
    checkThresholds(this, thresholds);
    this.ofParts = new PartAlarms(this, thresholds, PERIOD);
    this.add('OrdersFailed', {
      metric: metrics.metricOrdersFailed({ period: PERIOD }),
      threshold: thresholds.ordersFailed ?? 5,
      description: 'Many orders fail',
      section: 'Many orders fail',
    });
    this.addExecutionAlarms();
    this.addTopicAlarm();
  }

  /** Adds what the parts need that have come since the last time. */
  public watch(): void {
    const { parts } = this.props;
    if (parts.sweeper) {
      this.addSweepAlarms(parts.sweeper.interval);
    }
    if (parts.reservations.length > 0) {
      this.add('OrdersBusy', {
        metric: this.props.metrics.metricOrdersBusy({ period: PERIOD }),
        threshold: this.props.thresholds.ordersBusy ?? 1,
        description: 'Orders are rejected because too many reserve the same products at the same time',
        section: 'Orders wait too long for stock',
      });
    }
    if (parts.hasIntakes) {
      this.addStartAlarm();
    }
    this.ofParts.watch(parts);
  }

  /** Both metrics are reported by each sweep: without a sweep, the alarms stay as they are. */
  private addSweepAlarms(interval: Duration): void {
    const { metrics, thresholds } = this.props;
    this.add('OrdersNeedingAttention', {
      metric: metrics.metricOrdersNeedingAttention({ period: PERIOD }),
      threshold: thresholds.ordersNeedingAttention ?? 1,
      description: 'The compensation of orders failed: an operator has to repair them',
      section: 'Orders need attention',
      treatMissingData: cloudwatch.TreatMissingData.IGNORE,
    });
    this.add('OverdueOrders', {
      metric: metrics.metricOverdueOrders({ period: longer(PERIOD, interval), statistic: 'Minimum' }),
      threshold: thresholds.overdueOrders ?? 1,
      description: 'Open orders are overdue, and the recovery does not end them',
      section: 'Orders are overdue',
      evaluationPeriods: 3,
      treatMissingData: cloudwatch.TreatMissingData.IGNORE,
    });
  }

  /** The clients of these orders have a 202 already, so no answer shows the error. */
  private addStartAlarm(): void {
    const { metrics, thresholds } = this.props;
    this.add('StartsRefused', {
      metric: metrics.metricStartsRefused({ period: Duration.minutes(1) }),
      threshold: thresholds.startsRefused ?? 1,
      description: 'Orders were received whose executions cannot be started, and no retry can help',
      section: 'Executions cannot be started',
    });
  }

  private addExecutionAlarms(): void {
    const { stateMachine, thresholds } = this.props;
    const timedOut = stateMachine.metricTimedOut({ period: PERIOD });
    const interrupted = isStandard(stateMachine)
      ? new cloudwatch.MathExpression({
        expression: 'SUM(METRICS())',
        usingMetrics: { timedout: timedOut, aborted: stateMachine.metricAborted({ period: PERIOD }) },
        period: PERIOD,
        label: 'Interrupted',
      })
      : timedOut;
    this.add('ExecutionsInterrupted', {
      metric: interrupted,
      threshold: thresholds.executionsInterrupted ?? 1,
      description: 'Executions timed out or were aborted before they finished their orders',
      section: 'Executions are interrupted',
    });
    if (isStandard(stateMachine)) {
      this.add('ExecutionsThrottled', {
        metric: stateMachine.metricThrottled({ period: PERIOD }),
        threshold: thresholds.executionsThrottled ?? 10,
        description: 'Step Functions throttles state transitions, because the account has too many',
        section: 'Executions are throttled',
      });
    }
  }

  /** An alert that a target does not accept is in its dead-letter queue, which has an alarm; these are lost. */
  private addTopicAlarm(): void {
    const { topic, thresholds } = this.props;
    this.add('AlertsNotDelivered', {
      // The notification of its end could be lost in the same way, and raise the alarm again.
      notifiesEnd: false,
      metric: new cloudwatch.Metric({
        namespace: 'AWS/SNS',
        metricName: 'NumberOfNotificationsFailedToRedriveToDlq',
        dimensionsMap: { TopicName: topic.topicName },
        statistic: 'Sum',
        period: PERIOD,
      }),
      threshold: thresholds.alertsNotDelivered ?? 1,
      description: 'Alerts were delivered neither to their target nor to its dead-letter queue',
      section: 'Alerts are not delivered',
    });
  }
}

function longer(one: Duration, other: Duration): Duration {
  return one.toSeconds() > other.toSeconds() ? one : other;
}

function checkThresholds(scope: Construct, thresholds: AlarmThresholds): void {
  for (const [name, threshold] of Object.entries(thresholds)) {
    if (typeof threshold === 'number' && !Token.isUnresolved(threshold) && threshold < 0) {
      throw new ValidationError(`${name} is ${threshold}: give a count, or 0 for no such alarm`, scope);
    }
  }
}
