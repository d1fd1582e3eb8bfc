import { aws_cloudwatch as cloudwatch } from 'aws-cdk-lib';
import { OrderProcessingWorkflow } from '../../order-processing-workflow';
import { isStandard } from '../standard';
import { graph, heading, totals } from '../widgets';
import { WorkflowParts } from '../workflow-parts';

/** What became of the orders. @internal */
export function ordersSection(workflow: OrderProcessingWorkflow, parts: WorkflowParts): cloudwatch.IWidget[][] {
  const outcomes = [
    workflow.metricOrdersStarted({ label: 'Started', color: cloudwatch.Color.BLUE }),
    workflow.metricOrdersRejected({ label: 'Rejected', color: cloudwatch.Color.ORANGE }),
    workflow.metricOrdersFailed({ label: 'Failed', color: cloudwatch.Color.RED }),
    workflow.metricOrdersDuplicate({ label: 'Duplicate', color: cloudwatch.Color.GREY }),
    // Behind what it is made of, or that would lose its label.
    workflow.metricOrdersCompleted({ label: 'Completed', color: cloudwatch.Color.GREEN }),
  ];
  const rejected = [workflow.metricOrdersRejected({ label: 'Rejected' }), workflow.metricOrdersOutOfStock({ label: 'Out of stock' })];
  const needingHelp = [
    workflow.metricOrdersNeedingAttention({ label: 'Need attention', color: cloudwatch.Color.RED }),
    workflow.metricOverdueOrders({ label: 'Overdue', color: cloudwatch.Color.ORANGE }),
    workflow.metricOrdersRecovered({ label: 'Recovered', color: cloudwatch.Color.GREEN }),
  ];
  const percentiles = ['p50', 'p95', 'p99'].map((statistic) => workflow.metricOrderDuration({ statistic, label: statistic }));
  const { stateMachine } = workflow;
  const ended = [
    stateMachine.metricTimedOut({ label: 'Timed out' }),
    ...(isStandard(workflow) ? [stateMachine.metricAborted({ label: 'Aborted' }), stateMachine.metricThrottled({ label: 'Throttled' })] : []),
  ];
  return [
    [heading(`# Orders of ${workflow.node.path}\nOutcomes of the time that is looked at. A rejection is an ordinary outcome; a failure is told to the alerts.`)],
    [totals('Orders', 24, outcomes)],
    [
      graph({ title: 'Outcomes', width: 12, metrics: outcomes, unit: 'Orders' }),
      graph({ title: 'Rejections', width: parts.sweeper ? 6 : 12, metrics: rejected, unit: 'Orders' }),
      ...(parts.sweeper ? [graph({ title: 'Orders in need of help', width: 6, metrics: needingHelp, unit: 'Orders' })] : []),
    ],
    [
      graph({ title: 'From start to end', width: 12, metrics: percentiles, unit: 'Milliseconds' }),
      graph({ title: 'Executions that died or were put off', width: 12, metrics: ended, unit: 'Executions' }),
    ],
  ];
}
