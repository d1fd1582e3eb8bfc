import { aws_cloudwatch as cloudwatch, aws_stepfunctions as sfn } from 'aws-cdk-lib';
import { OrderMetrics } from '../order-metrics';
import { isStandard } from '../standard';
import { WatchedParts } from '../watched-parts';
import { graph, heading, totals } from '../widgets';

/** @internal */
export interface OrdersSectionProps {
  readonly workflowName: string;
  readonly stateMachine: sfn.StateMachine;
  readonly metrics: OrderMetrics;
  readonly parts: WatchedParts;
}

/** The outcomes of the orders. @internal */
export function ordersSection({ workflowName, stateMachine, metrics, parts }: OrdersSectionProps): cloudwatch.IWidget[][] {
  const outcomes = [
    metrics.metricOrdersStarted({ label: 'Started', color: cloudwatch.Color.BLUE }),
    metrics.metricOrdersRejected({ label: 'Rejected', color: cloudwatch.Color.ORANGE }),
    metrics.metricOrdersFailed({ label: 'Failed', color: cloudwatch.Color.RED }),
    metrics.metricOrdersDuplicate({ label: 'Duplicate', color: cloudwatch.Color.GREY }),
    // After the metrics that it uses, which would lose their labels otherwise.
    metrics.metricOrdersCompleted({ label: 'Completed', color: cloudwatch.Color.GREEN }),
  ];
  const rejected = [
    metrics.metricOrdersRejected({ label: 'Rejected' }),
    metrics.metricOrdersOutOfStock({ label: 'Out of stock' }),
    metrics.metricOrdersBusy({ label: 'Busy' }),
  ];
  const recovery = [
    metrics.metricOrdersNeedingAttention({ label: 'Need attention', color: cloudwatch.Color.RED }),
    metrics.metricOverdueOrders({ label: 'Overdue', color: cloudwatch.Color.ORANGE }),
    metrics.metricOrdersRecovered({ label: 'Recovered', color: cloudwatch.Color.GREEN }),
  ];
  const percentiles = ['p50', 'p95', 'p99'].map((statistic) => metrics.metricOrderDuration({ statistic, label: statistic }));
  const executions = [
    stateMachine.metricTimedOut({ label: 'Timed out' }),
    ...(isStandard(stateMachine) ? [stateMachine.metricAborted({ label: 'Aborted' }), stateMachine.metricThrottled({ label: 'Throttled' })] : []),
  ];
  return [
    [heading(`# Orders of ${workflowName}\nOutcomes in the selected time range. A rejection is an ordinary outcome; a failure sends an alert.`)],
    [totals('Orders', 24, outcomes)],
    [
      graph({ title: 'Outcomes', width: 12, metrics: outcomes, unit: 'Orders' }),
      graph({ title: 'Rejections', width: parts.sweeper ? 6 : 12, metrics: rejected, unit: 'Orders' }),
      ...(parts.sweeper ? [graph({ title: 'Recovery', width: 6, metrics: recovery, unit: 'Orders' })] : []),
    ],
    [
      graph({ title: 'Duration of orders', width: 12, metrics: percentiles, unit: 'Milliseconds' }),
      graph({ title: 'Interrupted and throttled executions', width: 12, metrics: executions, unit: 'Executions' }),
    ],
  ];
}
