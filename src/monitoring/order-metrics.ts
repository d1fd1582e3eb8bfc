import { aws_cloudwatch as cloudwatch } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { OrderSaga } from '../saga/order-saga';

/** Names of metrics that filters of the log make, so they are written once. @internal */
export const OUT_OF_STOCK_METRIC = 'OrdersOutOfStock';
/** @internal */
export const TRANSITIONS_METRIC = 'StateTransitions';
/** What every look through the open orders reports, and nothing else does. @internal */
export const OVERDUE_ORDERS_METRIC = 'OverdueOrders';

/**
 * What can be measured of the orders of a workflow.
 */
export abstract class OrderMetrics extends Construct {
  /**
   * The saga: the state machine and what belongs to it.
   */
  public abstract readonly saga: OrderSaga;

  /**
   * The orders that were started.
   *
   * @param options how to look at the metric
   */
  public metricOrdersStarted(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.saga.metricOrdersStarted(options);
  }

  /**
   * The orders that were completed.
   *
   * @param options how to look at the metric
   */
  public metricOrdersCompleted(options?: cloudwatch.MathExpressionOptions): cloudwatch.MathExpression {
    return this.saga.metricOrdersCompleted(options);
  }

  /**
   * The orders that were rejected or cancelled, and undone.
   *
   * @param options how to look at the metric
   */
  public metricOrdersRejected(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.saga.metricOrdersRejected(options);
  }

  /**
   * The orders that a failure ended.
   *
   * @param options how to look at the metric
   */
  public metricOrdersFailed(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.saga.metricOrdersFailed(options);
  }

  /**
   * The executions that found their order in the hands of another one, and left it there.
   *
   * @param options how to look at the metric
   */
  public metricOrdersDuplicate(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.orderMetric('OrdersDuplicate', options);
  }

  /**
   * The orders that `ReserveInventory` rejected, unless it has a function of yours.
   *
   * @param options how to look at the metric
   */
  public metricOrdersOutOfStock(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.orderMetric(OUT_OF_STOCK_METRIC, options);
  }

  /**
   * The open orders past their deadline, as the last look for them found; it needs recovery.
   *
   * @param options how to look at the metric
   */
  public metricOverdueOrders(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.orderMetric(OVERDUE_ORDERS_METRIC, { statistic: 'Maximum', ...options });
  }

  /**
   * The orders whose undo failed and that a person has to look at, as the last look for them found; it needs recovery.
   *
   * @param options how to look at the metric
   */
  public metricOrdersNeedingAttention(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.orderMetric('OrdersNeedingAttention', { statistic: 'Maximum', ...options });
  }

  /**
   * The orders that recovery undid because nobody else did.
   *
   * @param options how to look at the metric
   */
  public metricOrdersRecovered(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.orderMetric('OrdersRecovered', options);
  }

  /**
   * The time from the start of an order's execution to its end, in milliseconds: the average, if nothing else is said.
   *
   * @param options how to look at the metric
   */
  public metricOrderDuration(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.saga.stateMachine.metricTime(options);
  }

  /**
   * The states that were entered, which is what a STANDARD state machine is paid by; retries are paid too, and not counted.
   *
   * @param options how to look at the metric
   */
  public metricStateTransitions(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.orderMetric(TRANSITIONS_METRIC, options);
  }

  private orderMetric(metricName: string, options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    const { namespace } = this.saga.metricOrdersRejected();
    return new cloudwatch.Metric({ namespace, metricName, statistic: 'Sum', ...options });
  }
}
