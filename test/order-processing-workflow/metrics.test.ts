import { Match, Template } from 'aws-cdk-lib/assertions';
import { OrderProcessingWorkflow } from '../../src';
import { newStack } from '../support/workflow';

describe('the metrics of a workflow', () => {
  const stack = newStack();
  const workflow = new OrderProcessingWorkflow(stack, 'Orders');

  test('count rejected orders by a state in the log, of this state machine only', () => {
    const metric = workflow.metrics.metricOrdersRejected();
    Template.fromStack(stack).hasResourceProperties('AWS::Logs::MetricFilter', {
      FilterPattern: { 'Fn::Join': ['', Match.arrayWith([Match.stringLikeRegexp('Order rejected.*execution_arn'), Match.stringLikeRegexp(':')])] },
      MetricTransformations: [Match.objectLike({ MetricName: metric.metricName, MetricNamespace: metric.namespace })],
    });
    expect(metric.statistic).toBe('Sum');
  });

  test('count as completed the executions that succeeded, without rejected orders and duplicates', () => {
    const { expression, usingMetrics } = workflow.metrics.metricOrdersCompleted();
    expect(expression).toBe('FILL(succeeded, 0) - FILL(rejected, 0) - FILL(duplicate, 0)');
    expect(usingMetrics).toMatchObject({
      succeeded: { metricName: 'ExecutionsSucceeded' }, rejected: { metricName: 'OrdersRejected' }, duplicate: { metricName: 'OrdersDuplicate' },
    });
  });

  test('count started and failed orders by the executions', () => {
    expect(workflow.metrics.metricOrdersStarted().metricName).toBe('ExecutionsStarted');
    expect(workflow.metrics.metricOrdersFailed({ label: 'failed' })).toMatchObject({ metricName: 'ExecutionsFailed', label: 'failed' });
  });

  test('of two workflows have different namespaces', () => {
    const other = new OrderProcessingWorkflow(stack, 'MoreOrders');
    expect(other.metrics.metricOrdersRejected().namespace).not.toBe(workflow.metrics.metricOrdersRejected().namespace);
  });
});
