import { readFileSync } from 'fs';
import { join } from 'path';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { KNOWN_METRICS } from './known-metrics';
import { AlarmThresholds, HttpIntake, InvokeFunction, MonitoringOptions, OrderProcessingWorkflow, QueueNotifier, ValidateOrder } from '../../src';
import { express } from '../integ/express';
import { intakes } from '../integ/intakes';
import { live } from '../integ/live';
import { newStack, userFunction } from '../support/workflow';

type Alarm = Record<string, any>;

/** The alarms of the monitoring by their ids, without those of parts. */
function alarmsIn(stack: Stack): { [id: string]: Alarm } {
  const alarms = Object.entries(Template.fromStack(stack).findResources('AWS::CloudWatch::Alarm'));
  return Object.fromEntries(alarms.filter(([id]) => id.startsWith('OrdersMonitoring'))
    .map(([id, { Properties }]) => [id.replace(/^OrdersMonitoringAlarms|[0-9A-F]{8}$/g, ''), Properties]));
}

function watched(monitoring?: MonitoringOptions): Stack {
  const stack = newStack();
  new OrderProcessingWorkflow(stack, 'Orders', { monitoring, intakes: [new HttpIntake()], statusFeed: {} });
  return stack;
}

const metricsOf = ({ Metrics = [], ...alarm }: Alarm): any[] =>
  Metrics.length ? Metrics.flatMap(({ MetricStat }: any) => MetricStat?.Metric ?? []) : [alarm];

describe('by default', () => {
  const alarms = alarmsIn(watched());

  test('there is an alarm for each kind of problem, and not one for each function', () => {
    expect(Object.keys(alarms).sort()).toEqual([
      'AlertsNotDelivered', 'ExecutionsInterrupted', 'ExecutionsThrottled', 'FunctionErrors', 'FunctionThrottles', 'HttpServerErrors', 'OrdersBusy', 'OrdersFailed',
      'OrdersNeedingAttention', 'OverdueOrders', 'PublishingDelay', 'StartsRefused', 'TableErrors', 'TableErrors2',
    ]);
  });

  test.each(Object.entries(alarms))('%s notifies the topic when it begins and when it ends', (id, alarm) => {
    expect(alarm.AlarmActions).toEqual([{ Ref: expect.stringContaining('OrdersAlertsTopic') }]);
    // Its end could fail to be delivered, too, which would raise it again.
    expect(alarm.OKActions).toEqual(id === 'AlertsNotDelivered' ? undefined : alarm.AlarmActions);
  });

  test.each(Object.entries(alarms))('%s says what is wrong and which section of the documentation says what to do', (_id, alarm) => {
    const [, section] = /^[A-Z].+: see "(.+)" in docs\/operations\.md of cdk-order-workflow$/.exec(alarm.AlarmDescription)!;
    const titles = readFileSync(join(__dirname, '..', '..', 'docs', 'operations.md'), 'utf8').split('\n').filter((line) => line.startsWith('#'));
    expect(titles).toContain(`### ${section}`);
  });

  test.each(Object.entries(alarms))('%s reads metrics that exist, at most ten', (_id, alarm) => {
    const metrics = metricsOf(alarm);
    expect(metrics.length).toBeGreaterThan(0);
    expect(metrics.length).toBeLessThanOrEqual(10);
    for (const { Namespace, MetricName } of metrics) {
      if (!Namespace.startsWith('OrderWorkflow/')) expect(KNOWN_METRICS[Namespace].metrics).toContain(MetricName);
    }
  });

  test('missing data is no breach, but the alarms on sweeps keep their state until the next sweep', () => {
    for (const [id, { TreatMissingData }] of Object.entries(alarms)) {
      expect([id, TreatMissingData]).toEqual([id, /^(OrdersNeedingAttention|OverdueOrders)$/.test(id) ? 'ignore' : 'notBreaching']);
    }
  });

  test('the summed alarms read every function and every table', () => {
    const template = Template.fromStack(watched());
    const functions = Object.keys(template.findResources('AWS::Lambda::Function'));
    const counted = metricsOf(alarms.FunctionErrors).map(({ Dimensions: [{ Value }] }) => Value.Ref);
    expect(counted.sort()).toEqual(functions.sort());
    expect(alarms.FunctionErrors.Metrics.filter(({ ReturnData }: any) => ReturnData)).toEqual([
      { Id: 'sum', Expression: 'SUM(METRICS())', Label: 'Errors', ReturnData: true },
    ]);
    const tables = new Set(['', '2'].flatMap((number) => metricsOf(alarms[`TableErrors${number}`]).map(({ Dimensions }) =>
      Dimensions.find(({ Name }: any) => Name === 'TableName').Value.Ref)));
    expect([...tables].sort()).toEqual(Object.keys(template.findResources('AWS::DynamoDB::Table')).sort());
  });

  test('the alarm on overdue orders is raised when every sweep of a quarter of an hour finds some', () => {
    expect(alarms.OverdueOrders).toMatchObject({ Statistic: 'Minimum', Period: 300, EvaluationPeriods: 3, Threshold: 1 });
  });
});

describe('one prop', () => {
  test('turns all of them off, but not those of parts', () => {
    const stack = watched({ alarms: false });
    expect(alarmsIn(stack)).toEqual({});
    Template.fromStack(stack).hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmDescription: 'Changes of orders were not published: see "Dead-letter queues" in docs/operations.md of cdk-order-workflow',
    });
  });

  const THRESHOLDS: { [name in keyof Required<AlarmThresholds>]: string } = {
    ordersFailed: 'OrdersFailed',
    ordersBusy: 'OrdersBusy',
    ordersNeedingAttention: 'OrdersNeedingAttention',
    overdueOrders: 'OverdueOrders',
    executionsInterrupted: 'ExecutionsInterrupted',
    startsRefused: 'StartsRefused',
    executionsThrottled: 'ExecutionsThrottled',
    functionErrors: 'FunctionErrors',
    functionThrottles: 'FunctionThrottles',
    tableErrors: 'TableErrors',
    httpServerErrors: 'HttpServerErrors',
    publishingDelay: 'PublishingDelay',
    alertsNotDelivered: 'AlertsNotDelivered',
  };
  const names = Object.keys(THRESHOLDS) as Array<keyof AlarmThresholds>;
  const all = (count: number) => Object.fromEntries(names.map((name) =>
    [name, name === 'publishingDelay' ? Duration.seconds(count) : count])) as AlarmThresholds;
  const changed = alarmsIn(watched({ thresholds: all(77) }));

  test.each(Object.entries(THRESHOLDS))('%s is the threshold of %s', (name, id) => {
    expect(changed[id].Threshold).toBe(name === 'publishingDelay' ? 77_000 : 77);
  });

  test('of 0 leaves its alarm out', () => {
    expect(alarmsIn(watched({ thresholds: all(0) }))).toEqual({});
    expect(Object.keys(alarmsIn(watched({ thresholds: { functionErrors: 0 } })))).not.toContain('FunctionErrors');
  });

  test('below 0 is refused', () => {
    expect(() => watched({ thresholds: { tableErrors: -1 } })).toThrow('tableErrors is -1: give a count, or 0 for no such alarm (at Shop/Orders/Monitoring/Alarms)');
  });
});

test('a second alarm watches more than ten functions', () => {
  const alarms = alarmsIn(intakes(new App()));
  expect(metricsOf(alarms.FunctionErrors)).toHaveLength(10);
  expect(metricsOf(alarms.FunctionErrors2).length).toBeGreaterThan(0);
});

test('parts that are added later are watched too', () => {
  const stack = newStack();
  const workflow = new OrderProcessingWorkflow(stack, 'Orders');
  workflow.addIntake(new HttpIntake({ intakeName: 'Shop' }));
  workflow.addNotifier(new QueueNotifier(new sqs.Queue(stack, 'Shipping'), { notifierName: 'Shipping' }));
  const alarms = alarmsIn(stack);

  const watchedNow = JSON.stringify(alarms.FunctionErrors);
  for (const added of ['OrdersIntakesShopFunction', 'OrdersStatusPublisherFunction']) expect(watchedNow).toContain(added);
  expect(metricsOf(alarms.HttpServerErrors)).toMatchObject([{ MetricName: '5xx', Namespace: 'AWS/ApiGateway' }]);
  expect(alarms.PublishingDelay).toMatchObject({ MetricName: 'IteratorAge', Threshold: 300_000 });
});

test('onStatusChanged adds the publisher, which is watched', () => {
  const stack = newStack();
  new OrderProcessingWorkflow(stack, 'Orders').onStatusChanged('Rule');
  expect(alarmsIn(stack)).toHaveProperty('PublishingDelay');
});

test('functions of a team are not watched', () => {
  const stack = newStack();
  new OrderProcessingWorkflow(stack, 'Orders', {
    steps: [new ValidateOrder(), new InvokeFunction({ stepName: 'Weigh', acceptedStatus: 'WEIGHED', handler: userFunction(stack, 'Scales') })],
  });
  expect(JSON.stringify(alarmsIn(stack).FunctionErrors)).not.toContain('Scales');
});

test('executions that timed out and executions that were aborted count as interrupted', () => {
  const { ExecutionsInterrupted: alarm } = alarmsIn(watched());
  expect(metricsOf(alarm).map(({ MetricName }) => MetricName).sort()).toEqual(['ExecutionsAborted', 'ExecutionsTimedOut']);
  // One of either is enough.
  expect(alarm.Metrics.filter(({ ReturnData }: any) => ReturnData !== false)).toMatchObject([{ Expression: 'SUM(METRICS())' }]);
  expect(alarm).toMatchObject({ Threshold: 1, ComparisonOperator: 'GreaterThanOrEqualToThreshold' });
  for (const { MetricStat } of alarm.Metrics.filter(({ ReturnData }: any) => ReturnData === false)) expect(MetricStat.Stat).toBe('Sum');
});

test('an EXPRESS workflow has no alarm for metrics of STANDARD', () => {
  const alarms = alarmsIn(express(new App()));
  expect(Object.keys(alarms)).not.toContain('ExecutionsThrottled');
  expect(alarms.ExecutionsInterrupted).toMatchObject({ MetricName: 'ExecutionsTimedOut' });
});

test('an existing topic is notified', () => {
  const stack = newStack();
  const failureTopic = new sns.Topic(stack, 'Existing');
  new OrderProcessingWorkflow(stack, 'Orders', { failureTopic });
  for (const { AlarmActions } of Object.values(alarmsIn(stack))) expect(AlarmActions).toEqual([stack.resolve(failureTopic.topicArn)]);
});

test('dead-letter queues notify when they are empty again', () => {
  const alarms = Template.fromStack(live(new App())).findResources('AWS::CloudWatch::Alarm');
  const withoutEnd = Object.entries(alarms).filter(([, { Properties }]) => !Properties.OKActions).map(([id]) => id);
  expect(withoutEnd).toEqual([expect.stringContaining('AlertsNotDelivered')]);
});
