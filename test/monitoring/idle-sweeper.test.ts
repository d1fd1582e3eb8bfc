import { Duration } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { metricLine } from '../../lambda-src/recovery/sweep-metrics';
import { OrderProcessingWorkflow } from '../../src';
import { newStack } from '../support/workflow';

type Found = Record<string, { Properties: Record<string, any> }>;

function sweeping(sweepInterval?: Duration): { alarm: Record<string, any>; environment: Record<string, string> } {
  const stack = newStack();
  new OrderProcessingWorkflow(stack, 'Orders', { recovery: { sweepInterval } });
  const template = Template.fromStack(stack);
  const only = (found: Found) => Object.entries(found).find(([id]) => id.includes('OrderSweeper'))![1].Properties;
  return {
    alarm: only(Object.fromEntries(Object.entries(template.findResources('AWS::CloudWatch::Alarm') as Found).filter(([id]) => id.includes('Idle')))),
    environment: only(template.findResources('AWS::Lambda::Function') as Found).Environment.Variables,
  };
}

test('the alarm on missing sweeps reads what a sweep reports, and not invocations, some of which interrupted executions cause', () => {
  const { alarm, environment } = sweeping();
  const line = metricLine(environment.METRIC_NAMESPACE, environment.WORKFLOW, 0, {
    OverdueOrders: 0, OrdersNeedingAttention: 0, OrdersRecovered: 0, OrdersStarted: 0,
  });
  const [{ Namespace, Dimensions, Metrics }] = JSON.parse(line)._aws.CloudWatchMetrics;

  expect(Metrics).toContainEqual({ Name: alarm.MetricName, Unit: 'Count' });
  expect([alarm.Namespace, alarm.Dimensions ?? []]).toEqual([Namespace, Dimensions.flat()]);
  expect(alarm).toMatchObject({
    MetricName: 'OverdueOrders',
    Statistic: 'SampleCount',
    Threshold: 1,
    ComparisonOperator: 'LessThanThreshold',
    EvaluationPeriods: 1,
    TreatMissingData: 'breaching',
  });
});

test.each([
  ['fifteen minutes by default', undefined, 900],
  ['five minutes at least', Duration.minutes(1), 300],
  ['eighteen hours at most', Duration.hours(6), 64_800],
])('the alarm is raised when three sweeps in a row report nothing: %s', (_time, sweepInterval, period) => {
  expect(sweeping(sweepInterval).alarm.Period).toBe(period);
});
