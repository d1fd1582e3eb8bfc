import { App, Aspects, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { shownBy, widgetsIn } from './dashboard-fixture';
import { OrderProcessingWorkflow, WatchList } from '../../src';
import { newStack, userFunction } from '../support/workflow';

/** Everything of a team's own part that can be watched, made in a construct. */
function teamParts(scope: Construct) {
  const partition = { name: 'id', type: dynamodb.AttributeType.STRING };
  const queue = new sqs.Queue(scope, 'Jobs');
  return {
    fn: userFunction(scope, 'Score'),
    table: new dynamodb.Table(scope, 'Scores', { partitionKey: partition }),
    globalTable: new dynamodb.TableV2(scope, 'Regions', { partitionKey: partition }),
    queue,
    api: new apigwv2.HttpApi(scope, 'Orders'),
    alarm: queue.metricApproximateNumberOfMessagesVisible().createAlarm(scope, 'Backlog', { threshold: 100, evaluationPeriods: 1 }),
  };
}

function labelsIn(stack: Stack, title: string): string[] {
  const widget = widgetsIn(stack).find(({ properties }) => properties.title === title);
  return widget ? shownBy(widget).map(({ options }) => options.label) : [];
}

function summedIn(stack: Stack, id: string): string {
  const alarms = Object.entries(Template.fromStack(stack).findResources('AWS::CloudWatch::Alarm'));
  return JSON.stringify(alarms.filter(([name]) => name.startsWith(`OrdersMonitoringAlarms${id}`)).map(([, alarm]) => alarm));
}

describe('parts of a team inside the workflow that are not registered', () => {
  const stack = newStack();
  const workflow = new OrderProcessingWorkflow(stack, 'Orders');
  const made = teamParts(new Construct(workflow, 'Fraud'));

  test.each([
    ['Errors of functions', 'Fraud/Score'],
    ['Throttled requests of tables', 'Fraud/Scores: ReadThrottleEvents'],
    ['Throttled requests of tables', 'Fraud/Regions: WriteThrottleEvents'],
    ['Oldest message of other queues', 'Fraud/Jobs'],
    ['HTTP requests', 'Fraud/Orders: 5xx'],
  ])('are shown in "%s" under their path: %s', (title, label) => {
    expect(labelsIn(stack, title)).toContain(label);
  });

  test('count in the summed alarms', () => {
    for (const [id, part] of [['FunctionErrors', made.fn], ['TableErrors', made.table], ['TableErrors', made.globalTable], ['HttpServerErrors', made.api]] as const) {
      expect(summedIn(stack, id)).toContain(`"${stack.getLogicalId(part.node.defaultChild as any)}"`);
    }
  });

  test('have their alarms among those of the workflow', () => {
    expect(workflow.monitoring.alarms).toContain(made.alarm);
    const { alarms } = widgetsIn(stack).find(({ type }) => type === 'alarm')!.properties;
    expect(JSON.stringify(alarms)).toContain(stack.getLogicalId(made.alarm.node.defaultChild as any));
  });
});

describe('parts of a team that are registered', () => {
  const stack = newStack();
  const workflow = new OrderProcessingWorkflow(stack, 'Orders');
  const list = WatchList.of(new Construct(workflow, 'Fraud'));
  const made = teamParts(new Construct(stack, 'Outside'));
  const inside = userFunction(new Construct(workflow, 'Rules'), 'Check');
  const deadLetters = new sqs.Queue(stack, 'Rest');
  list.function('Fraud score', made.fn);
  list.function('Fraud rules', inside);
  list.table('Fraud scores', made.table, { operations: ['PutItem'] });
  list.queue('Fraud jobs', made.queue);
  list.deadLetterQueue('Fraud rest', deadLetters, made.alarm);
  list.httpApi('Fraud API', made.api);

  test.each([
    ['Errors of functions', 'Fraud score'],
    ['Throttled requests of tables', 'Fraud scores: ReadThrottleEvents'],
    ['Oldest order in a queue', 'Fraud jobs'],
    ['Dead-letter queues', 'Fraud rest'],
    ['HTTP requests', 'Fraud API: 5xx'],
  ])('are shown in "%s" under their name, wherever they are made: %s', (title, label) => {
    expect(labelsIn(stack, title)).toContain(label);
  });

  test('count in the summed alarms, a table with the operations that it names', () => {
    expect(summedIn(stack, 'FunctionErrors')).toContain('OutsideScore');
    expect(summedIn(stack, 'HttpServerErrors')).toContain('OutsideOrders');
    expect(summedIn(stack, 'TableErrors')).toContain('OutsideScores');
    expect(summedIn(stack, 'TableErrors')).toContain('"PutItem"');
  });

  test('are shown once if they are inside the workflow', () => {
    expect(labelsIn(stack, 'Errors of functions').filter((label) => /rules|Check/.test(label))).toEqual(['Fraud rules']);
  });

  test('have their alarms among those of the workflow', () => {
    expect(workflow.monitoring.alarms).toContain(made.alarm);
  });
});

test('an alarm of a team that is a resource only is shown', () => {
  const stack = newStack();
  const workflow = new OrderProcessingWorkflow(stack, 'Orders');
  new cloudwatch.CfnAlarm(workflow, 'Plain', { comparisonOperator: 'GreaterThanThreshold', evaluationPeriods: 1, threshold: 1 });
  const { alarms } = widgetsIn(stack).find(({ type }) => type === 'alarm')!.properties;
  expect(JSON.stringify(alarms)).toContain('OrdersPlain');
});

test('the alarms of the workflow can be read before and after a part is added', () => {
  const stack = newStack();
  const workflow = new OrderProcessingWorkflow(stack, 'Orders');
  const paths = () => workflow.monitoring.alarms.map(({ node }) => node.path);
  expect(paths()).toContain('Shop/Orders/Monitoring/Alarms/FunctionErrors');
  expect(paths()).not.toContain('Shop/Orders/Monitoring/Alarms/HttpServerErrors');
  new apigwv2.HttpApi(workflow, 'Api');
  expect(paths()).toContain('Shop/Orders/Monitoring/Alarms/HttpServerErrors');
  expect(paths()).toHaveLength(Object.keys(Template.fromStack(stack).findResources('AWS::CloudWatch::Alarm')).length);
});

test('alarms of the monitoring are seen by the aspects of the app', () => {
  const stack = newStack();
  new OrderProcessingWorkflow(stack, 'Orders');
  const seen: string[] = [];
  Aspects.of(stack).add({ visit: (node) => { if (node instanceof cloudwatch.Alarm) seen.push(node.node.path); } });
  Template.fromStack(stack);
  expect(seen).toContain('Shop/Orders/Monitoring/Alarms/TableErrors');
});

test.each([[true], [false]])('the template is the same in every synthesis, with stabilized aspects: %s', (stabilized) => {
  const templateOf = () => {
    const app = new App({ analyticsReporting: false, context: { '@aws-cdk/core:aspectStabilization': stabilized } });
    const stack = new Stack(app, 'Shop');
    const workflow = new OrderProcessingWorkflow(stack, 'Orders');
    workflow.onStatusChanged('Rule');
    teamParts(new Construct(workflow, 'Fraud'));
    return Template.fromStack(stack).toJSON();
  };
  const template = templateOf();
  expect(templateOf()).toEqual(template);
  expect(Object.keys(template.Resources)).toContainEqual(expect.stringContaining('OrdersMonitoringAlarmsHttpServerErrors'));
});

test('two workflows watch their own parts', () => {
  const stack = newStack();
  const [one, other] = ['Orders', 'Returns'].map((id) => new OrderProcessingWorkflow(stack, id));
  expect(WatchList.of(one)).toBe(WatchList.of(one.saga));
  expect(WatchList.of(one)).not.toBe(WatchList.of(other));
});

test('outside of a workflow there is a list that is not read', () => {
  const stack = newStack();
  const workflow = new OrderProcessingWorkflow(stack, 'Orders');
  WatchList.of(stack).function('Lost', userFunction(stack, 'Lost'));
  expect(WatchList.of(stack)).not.toBe(WatchList.of(workflow));
  expect(labelsIn(stack, 'Errors of functions')).not.toContain('Lost');
});
