import { App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { OrderMetrics, OrderProcessingWorkflow } from '../../src';
import { full } from '../integ/full';
import { intakes } from '../integ/intakes';
import { live } from '../integ/live';
import { newStack } from '../support/workflow';

const { metrics } = new OrderProcessingWorkflow(newStack(), 'Orders');
const NAMESPACE = 'OrderWorkflow/Shop/Orders/Saga';

test.each<[Exclude<keyof OrderMetrics & `metric${string}`, 'metricNamespace'>, string, string]>([
  ['metricOrdersRejected', 'OrdersRejected', 'Sum'],
  ['metricOrdersDuplicate', 'OrdersDuplicate', 'Sum'],
  ['metricOrdersOutOfStock', 'OrdersOutOfStock', 'Sum'],
  ['metricOverdueOrders', 'OverdueOrders', 'Maximum'],
  ['metricOrdersNeedingAttention', 'OrdersNeedingAttention', 'Maximum'],
  ['metricOrdersRecovered', 'OrdersRecovered', 'Sum'],
  ['metricStateTransitions', 'StateTransitions', 'Sum'],
])('%s is %s of the workflow, without dimensions', (method, metricName, statistic) => {
  const metric = metrics[method]() as cloudwatch.Metric;
  expect(metric).toMatchObject({ namespace: NAMESPACE, metricName, statistic, dimensions: undefined });
  expect(metrics[method]({ statistic: 'Average', label: 'other' })).toMatchObject({ statistic: 'Average', label: 'other' });
});

test('metricOrderDuration is the time of executions', () => {
  expect(metrics.metricOrderDuration({ statistic: 'p99' })).toMatchObject({ namespace: 'AWS/States', metricName: 'ExecutionTime', statistic: 'p99' });
});

test.each([['full', full], ['live', live], ['intakes', intakes]])('all functions and state machines of the app %s are traced', (_name, make) => {
  const template = Template.fromStack(make(new App()));
  const untraced = Object.entries(template.findResources('AWS::Lambda::Function'))
    .filter(([id, { Properties }]) => id.startsWith('Orders') && Properties.TracingConfig?.Mode !== 'Active');
  expect(untraced).toEqual([]);
  template.allResourcesProperties('AWS::StepFunctions::StateMachine', { TracingConfiguration: { Enabled: true } });
});

test('all functions log JSON, the runtime included', () => {
  const template = Template.fromStack(intakes(new App()));
  template.allResourcesProperties('AWS::Lambda::Function', { LoggingConfig: Match.objectLike({ LogFormat: 'JSON' }) });
});
