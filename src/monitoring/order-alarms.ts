import { Duration, Token, aws_cloudwatch as cloudwatch } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { AlarmThresholds } from './monitoring-options';
import { apiMetric, functionMetric, tableMetric } from './part-metrics';
import { isStandard } from './standard';
import { SummedAlarms } from './summed-alarms';
import { WorkflowParts } from './workflow-parts';
import { OrderProcessingWorkflow } from '../order-processing-workflow';
import { alarmDescription, tellAlarm } from '../private/tell-alarm';
import { ValidationError } from '../private/validation-error';

/** @internal */
export interface OrderAlarmsProps {
  readonly workflow: OrderProcessingWorkflow;
  readonly parts: WorkflowParts;
  readonly thresholds: AlarmThresholds;
}

interface AlarmProps {
  readonly metric: cloudwatch.IMetric;
  readonly threshold: number;
  /** What it means. */
  readonly description: string;
  /** Where it says what to do. */
  readonly section: string;
  readonly evaluationPeriods?: number;
  /** A count of nothing is not reported, so that nothing is missing where nothing is reported. */
  readonly treatMissingData?: cloudwatch.TreatMissingData;
  /** Whether it is told when it is over. */
  readonly tellsEnd?: boolean;
}

const PERIOD = Duration.minutes(5);
/** DynamoDB counts its errors by operation: these are what orders and stock stand on. */
const MAIN_TABLES = ['Orders', 'Products'];
const MAIN_OPERATIONS = ['GetItem', 'UpdateItem', 'TransactWriteItems'];

/**
 * The alarms of a workflow, told to its topic when they begin and when they are over.
 *
 * @internal
 */
export class OrderAlarms extends Construct {
  private readonly functionErrors: SummedAlarms;
  private readonly functionThrottles: SummedAlarms;
  private readonly tableErrors: SummedAlarms;
  private readonly httpErrors: SummedAlarms;

  constructor(scope: Construct, id: string, private readonly props: OrderAlarmsProps) {
    super(scope, id);
    const { thresholds } = props;
    checkThresholds(this, thresholds);
    this.functionErrors = this.summed('FunctionErrors', 'Errors', {
      threshold: thresholds.functionErrors ?? 10, description: 'Functions of the workflow fail', section: 'Functions fail',
    });
    this.functionThrottles = this.summed('FunctionThrottles', 'Throttles', {
      threshold: thresholds.functionThrottles ?? 5,
      description: 'Lambda refuses calls of functions of the workflow',
      section: 'Functions are throttled',
    });
    this.tableErrors = this.summed('TableErrors', 'Errors and throttles', {
      threshold: thresholds.tableErrors ?? 10,
      description: 'DynamoDB throttles requests to tables of the workflow, or fails at them',
      section: 'Tables throttle or fail',
    });
    this.httpErrors = this.summed('HttpServerErrors', 'Answers of 500 and above', {
      threshold: thresholds.httpServerErrors ?? 5, description: 'HTTP intakes answer with 500 and above', section: 'HTTP intakes fail',
    });
    this.watchOrders();
    this.watchExecutions();
    this.watchAlerts();
  }

  /** Watches what has come to the workflow since the last time. */
  public watchNewParts(): void {
    const { parts } = this.props;
    for (const fn of parts.functions) {
      this.functionErrors.add(fn.part.node.path, functionMetric(fn, 'Errors'));
      this.functionThrottles.add(fn.part.node.path, functionMetric(fn, 'Throttles'));
    }
    for (const table of parts.tables) {
      for (const metricName of ['ReadThrottleEvents', 'WriteThrottleEvents']) {
        this.tableErrors.add(`${table.part.node.path} ${metricName}`, tableMetric(table, metricName));
      }
      for (const Operation of MAIN_TABLES.includes(table.name) ? MAIN_OPERATIONS : []) {
        this.tableErrors.add(`${table.part.node.path} ${Operation}`, tableMetric(table, 'SystemErrors', { Operation }));
      }
    }
    for (const api of parts.httpApis) {
      this.httpErrors.add(api.part.node.path, apiMetric(api, '5xx'));
    }
    this.watchPublisher();
  }

  private watchOrders(): void {
    const { workflow, parts, thresholds } = this.props;
    this.raise('OrdersFailed', {
      metric: workflow.metricOrdersFailed({ period: PERIOD }),
      threshold: thresholds.ordersFailed ?? 5,
      description: 'Many orders fail',
      section: 'Many orders fail',
    });
    if (!parts.sweeper) {
      return;
    }
    // Both are told at each look for overdue orders: while nobody looks, nothing is in order again.
    this.raise('OrdersNeedingAttention', {
      metric: workflow.metricOrdersNeedingAttention({ period: PERIOD }),
      threshold: thresholds.ordersNeedingAttention ?? 1,
      description: 'Orders could not be undone: a person has to look at them',
      section: 'Orders need attention',
      treatMissingData: cloudwatch.TreatMissingData.IGNORE,
    });
    this.raise('OverdueOrders', {
      metric: workflow.metricOverdueOrders({ period: longer(PERIOD, workflow.recovery._sweepInterval), statistic: 'Minimum' }),
      threshold: thresholds.overdueOrders ?? 1,
      description: 'Open orders are past their deadline, and recovery does not get them done',
      section: 'Orders are overdue',
      evaluationPeriods: 3,
      treatMissingData: cloudwatch.TreatMissingData.IGNORE,
    });
  }

  private watchExecutions(): void {
    const { workflow, thresholds } = this.props;
    const { stateMachine } = workflow;
    const timedOut = stateMachine.metricTimedOut({ period: PERIOD });
    const died = isStandard(workflow)
      ? new cloudwatch.MathExpression({
        expression: 'SUM(METRICS())', usingMetrics: { timedout: timedOut, aborted: stateMachine.metricAborted({ period: PERIOD }) }, period: PERIOD, label: 'Died',
      })
      : timedOut;
    this.raise('ExecutionsDied', {
      metric: died,
      threshold: thresholds.executionsDied ?? 1,
      description: 'Executions timed out or were aborted, without telling of it',
      section: 'Executions die',
    });
    if (isStandard(workflow)) {
      this.raise('ExecutionsThrottled', {
        metric: stateMachine.metricThrottled({ period: PERIOD }),
        threshold: thresholds.executionsThrottled ?? 10,
        description: 'Step Functions puts off transitions, because there are too many in the account',
        section: 'Executions are throttled',
      });
    }
  }

  private watchAlerts(): void {
    const { workflow: { alerts }, thresholds } = this.props;
    // What a target does not take lies in its queue, which has an alarm; here nobody keeps it. That it is over is not told, as
    // that could be lost in the same way, and so on without end.
    this.raise('AlertsNotDelivered', {
      tellsEnd: false,
      metric: new cloudwatch.Metric({
        namespace: 'AWS/SNS',
        metricName: 'NumberOfNotificationsFailedToRedriveToDlq',
        dimensionsMap: { TopicName: alerts.topic.topicName },
        statistic: 'Sum',
        period: PERIOD,
      }),
      threshold: thresholds.alertsNotDelivered ?? 1,
      description: 'Alerts were not delivered to somebody, and not parked either',
      section: 'Alerts are not delivered',
    });
  }

  private watchPublisher(): void {
    const { parts: { publisher }, thresholds } = this.props;
    if (!publisher || this.node.tryFindChild('PublishingDelay')) {
      return;
    }
    this.raise('PublishingDelay', {
      metric: publisher.metric('IteratorAge', { statistic: 'Maximum', period: PERIOD }),
      threshold: (thresholds.publishingDelay ?? Duration.minutes(5)).toMilliseconds(),
      description: 'Changes of status are told late',
      section: 'Changes are told late',
    });
  }

  private summed(id: string, label: string, props: Omit<AlarmProps, 'metric'>): SummedAlarms {
    return new SummedAlarms(PERIOD, label, (number, metric) => this.raise(number === 1 ? id : `${id}${number}`, { ...props, metric }));
  }

  /** No alarm at all, where the threshold says so. */
  private raise(id: string, props: AlarmProps): cloudwatch.Alarm | undefined {
    if (props.threshold === 0) {
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
    tellAlarm(alarm, this.props.workflow.alerts.topic, props.tellsEnd);
    return alarm;
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
