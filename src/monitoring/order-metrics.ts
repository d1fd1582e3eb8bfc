import { aws_cloudwatch as cloudwatch, aws_stepfunctions as sfn } from 'aws-cdk-lib';

/** Names of metrics that filters of the log make, so they are written once. @internal */
export const OUT_OF_STOCK_METRIC = 'OrdersOutOfStock';
/** @internal */
export const BUSY_METRIC = 'OrdersBusy';
/** @internal */
export const TRANSITIONS_METRIC = 'StateTransitions';
/** Every sweep of the open orders reports it, and nothing else does. @internal */
export const OVERDUE_ORDERS_METRIC = 'OverdueOrders';

/**
 * Properties for OrderMetrics.
 */
export interface OrderMetricsProps {
  /**
   * The CloudWatch namespace of the workflow's own metrics.
   */
  readonly metricNamespace: string;

  /**
   * The state machine that runs the orders.
   */
  readonly stateMachine: sfn.IStateMachine;
}

/**
 * The CloudWatch metrics of the orders of a workflow.
 */
export class OrderMetrics {
  /**
   * The CloudWatch namespace of the workflow's own metrics.
   */
  public readonly metricNamespace: string;

  private readonly stateMachine: sfn.IStateMachine;

  /**
   * @param props properties
   */
  constructor(props: OrderMetricsProps) {
    this.metricNamespace = props.metricNamespace;
    this.stateMachine = props.stateMachine;
  }

  /**
   * The orders that were started.
   *
   * @param options options of the metric
   */
  public metricOrdersStarted(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.stateMachine.metricStarted(options);
  }

  /**
   * The orders that were completed: the executions that succeeded, without those that rejected their order or ended as a duplicate.
   *
   * @param options options of the expression
   */
  public metricOrdersCompleted(options?: cloudwatch.MathExpressionOptions): cloudwatch.MathExpression {
    return new cloudwatch.MathExpression({
      label: 'OrdersCompleted',
      expression: 'FILL(succeeded, 0) - FILL(rejected, 0) - FILL(duplicate, 0)',
      usingMetrics: {
        succeeded: this.stateMachine.metricSucceeded(),
        rejected: this.metricOrdersRejected(),
        duplicate: this.metricOrdersDuplicate(),
      },
      ...options,
    });
  }

  /**
   * The orders that were rejected or cancelled, and compensated.
   *
   * @param options options of the metric
   */
  public metricOrdersRejected(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.orderMetric('OrdersRejected', options);
  }

  /**
   * The orders that ended with a failure.
   *
   * @param options options of the metric
   */
  public metricOrdersFailed(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.stateMachine.metricFailed(options);
  }

  /**
   * The executions that ended because another execution owns their order.
   *
   * @param options options of the metric
   */
  public metricOrdersDuplicate(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.orderMetric('OrdersDuplicate', options);
  }

  /**
   * The orders that `ReserveInventory` rejected; it is not counted if the step invokes a function of your own.
   *
   * @param options options of the metric
   */
  public metricOrdersOutOfStock(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.orderMetric(OUT_OF_STOCK_METRIC, options);
  }

  /**
   * The orders that `ReserveInventory` rejected because they waited for their turn too long; it is not counted if the step invokes a function
   * of your own.
   *
   * @param options options of the metric
   */
  public metricOrdersBusy(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.orderMetric(BUSY_METRIC, options);
  }

  /**
   * The open orders that are overdue, as of the last sweep.
   *
   * @param options options of the metric
   */
  public metricOverdueOrders(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.orderMetric(OVERDUE_ORDERS_METRIC, { statistic: 'Maximum', ...options });
  }

  /**
   * The orders whose compensation failed and that wait for an operator, as of the last sweep.
   *
   * @param options options of the metric
   */
  public metricOrdersNeedingAttention(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.orderMetric('OrdersNeedingAttention', { statistic: 'Maximum', ...options });
  }

  /**
   * The executions of received orders whose start Step Functions refused for a reason that no retry can change, such as a missing permission.
   *
   * @param options options of the metric
   */
  public metricStartsRefused(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.orderMetric('StartsRefused', options);
  }

  /**
   * The orders that the recovery compensated because their execution was interrupted.
   *
   * @param options options of the metric
   */
  public metricOrdersRecovered(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.orderMetric('OrdersRecovered', options);
  }

  /**
   * The time from the start of an order's execution to its end, in milliseconds: the average by default.
   *
   * @param options options of the metric
   */
  public metricOrderDuration(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.stateMachine.metricTime(options);
  }

  /**
   * The states that were entered, which a STANDARD state machine is billed by; retries are billed too, and not counted.
   *
   * @param options options of the metric
   */
  public metricStateTransitions(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.orderMetric(TRANSITIONS_METRIC, options);
  }

  private orderMetric(metricName: string, options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return new cloudwatch.Metric({ namespace: this.metricNamespace, metricName, statistic: 'Sum', ...options });
  }
}
