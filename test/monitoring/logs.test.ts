import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { textOf } from './dashboard-fixture';
import { metricLine } from '../../lambda-src/recovery/sweep-metrics';
import { loggedStep } from '../../lambda-src/steps/step-log';
import { OrderProcessingWorkflow, QueueNotifier, ReserveInventory, ValidateOrder } from '../../src';
import { express } from '../integ/express';
import { intakes } from '../integ/intakes';

import { readLogs } from '../support/logs';
import { newStack, userFunction } from '../support/workflow';

interface Query {
  readonly title: string;
  readonly text: string;
  readonly logGroups: string[];
}

function queriesIn(stack: Stack): Query[] {
  return Object.values(Template.fromStack(stack).findResources('AWS::Logs::QueryDefinition')).map(({ Properties }) => ({
    title: Properties.Name, text: Properties.QueryString, logGroups: Properties.LogGroupNames.map(textOf),
  }));
}

const query = (stack: Stack, title: string): Query => queriesIn(stack).find((one) => one.title === `${stack.stackName}/Orders/${title}`)!;

describe('saved queries', () => {
  const stack = intakes(new App());
  const groups = Object.keys(Template.fromStack(stack).findResources('AWS::Logs::LogGroup')).map((id) => `<${id}>`);

  test('are in a folder of the workflow', () => {
    expect(queriesIn(stack).map(({ title }) => title).sort()).toEqual([
      'Intakes/Orders/Failures by error', 'Intakes/Orders/One order', 'Intakes/Orders/Rejections by status', 'Intakes/Orders/Slowest steps',
      'Intakes/Orders/Sweeps of open orders',
    ]);
  });

  test('read log groups of the stack, each once', () => {
    for (const { logGroups } of queriesIn(stack)) {
      expect(logGroups.length).toBeGreaterThan(0);
      expect(new Set(logGroups).size).toBe(logGroups.length);
      for (const group of logGroups) expect(groups).toContain(group);
    }
  });

  test('show one order across the state machine and all functions', () => {
    const { text, logGroups } = query(stack, 'One order');
    const ofFunctions = groups.filter((id) => id.includes('FunctionResourcesLogs') || id.includes('RepairOrderResourcesLogs'));
    expect(logGroups).toEqual(expect.arrayContaining([...ofFunctions, expect.stringContaining('OrdersSagaLogs')]));
    const inArn = new RegExp(/execution_arn like \/(.+?)\/$/m.exec(text)![1]);
    for (const arn of ['arn:aws:states:eu-west-1:1:execution:Orders:order-123', 'arn:aws:states:eu-west-1:1:express:Orders:order-123:0a-1b']) {
      expect(arn).toMatch(inArn);
    }
    expect('arn:aws:states:eu-west-1:1:execution:Orders:order-1234').not.toMatch(inArn);
  });

  test('of the sweeper read the fields that it logs, in its log group only', () => {
    const { text, logGroups } = query(stack, 'Sweeps of open orders');
    const line = JSON.parse(metricLine('', '', 0, { OverdueOrders: 1, OrdersNeedingAttention: 0, OrdersRecovered: 0, OrdersStarted: 0 }));
    expect(/^fields @timestamp, (.+)$/m.exec(text)![1].split(', ')).toEqual(Object.keys(line).filter((name) => name.startsWith('O')));
    expect(logGroups).toEqual([expect.stringContaining('OrderSweeper')]);
  });

  test('read the log groups of functions that are added later', () => {
    const other = newStack();
    new OrderProcessingWorkflow(other, 'Orders').addNotifier(new QueueNotifier(new sqs.Queue(other, 'Queue'), { notifierName: 'Shipping' }));
    expect(query(other, 'Failures by error').logGroups).toContainEqual(expect.stringContaining('StatusPublisher'));
  });

  test('read a log group that all functions share once', () => {
    const { logGroups } = query(shared(), 'Failures by error');
    expect(logGroups).toEqual(['<SharedLogs>']);
  });

  test('can be left out', () => {
    const other = newStack();
    new OrderProcessingWorkflow(other, 'Orders', { monitoring: { savedQueries: false } });
    Template.fromStack(other).resourceCountIs('AWS::Logs::QueryDefinition', 0);
  });
});

describe('metrics of the logs', () => {
  const EXECUTION = 'arn:aws:states:eu-west-1:111111111111:execution:<Machine>:order-1';
  const OTHER_EXECUTION = 'arn:aws:states:eu-west-1:111111111111:execution:Other:order-1';
  afterEach(() => { jest.restoreAllMocks(); });

  /** Whether the metric filter of a metric counts a log line, as CloudWatch reads JSON patterns. */
  function counts(stack: Stack, metricName: string, line: object): boolean {
    const filters = Object.values(Template.fromStack(stack).findResources('AWS::Logs::MetricFilter'));
    const { Properties } = filters.find((one) => one.Properties.MetricTransformations[0].MetricName === metricName)!;
    const pattern = textOf(Properties.FilterPattern).replace(/<\w*StateMachine\w*\.Name>/, '<Machine>');
    const terms = [...pattern.matchAll(/\(\$\.([\w.]+) = "([^"]+)"\)/g)];
    expect(`{ ${terms.map(([term]) => term).join(' && ')} }`).toBe(pattern);
    return terms.every(([, path, wanted]) => {
      const value = path.split('.').reduce((inner: any, name) => inner?.[name], line);
      return new RegExp(`^${wanted.split('*').map((part) => part.replace(/[.<>]/g, '\\$&')).join('.*')}$`).test(String(value));
    });
  }

  /** The log line of a step's result. */
  async function lineOf(step: string, status: string, execution = EXECUTION): Promise<object> {
    const lines = readLogs('INFO');
    const write = { owner: execution, step, at: '', accepted: 'RESERVED', rejected: 'NONE_LEFT', busy: { status: 'CROWDED', after: '' } };
    await loggedStep({ orderId: 'order-1' }, write, async () => ({ status }));
    return JSON.parse(lines[0]);
  }

  const stack = newStack();
  new OrderProcessingWorkflow(stack, 'Orders', { steps: [new ValidateOrder(), new ReserveInventory({ stepName: 'Pick', rejectedStatus: 'NONE_LEFT' })] });

  test('count an order as out of stock that the reserving step rejected', async () => {
    expect(counts(stack, 'OrdersOutOfStock', await lineOf('Pick', 'NONE_LEFT'))).toBe(true);
  });

  test('count an order as busy that waited too long for its turn, and as nothing else', async () => {
    expect(counts(stack, 'OrdersBusy', await lineOf('Pick', 'CROWDED'))).toBe(true);
    expect(counts(stack, 'OrdersOutOfStock', await lineOf('Pick', 'CROWDED'))).toBe(false);
    expect(counts(stack, 'OrdersBusy', await lineOf('Pick', 'NONE_LEFT'))).toBe(false);
  });

  test.each([
    ['was reserved', 'Pick', 'RESERVED', EXECUTION],
    ['another step rejected', 'ValidateOrder', 'NONE_LEFT', EXECUTION],
    ['is of another workflow that shares the log group', 'Pick', 'NONE_LEFT', OTHER_EXECUTION],
  ])('do not count one that %s', async (_why, step, status, execution) => {
    expect(counts(stack, 'OrdersOutOfStock', await lineOf(step, status, execution))).toBe(false);
  });

  test('count a transition for each state that was entered', () => {
    const event = (type: string, execution_arn = EXECUTION) => ({ id: '2', type, details: { name: 'ValidateOrder' }, execution_arn });
    for (const type of ['TaskStateEntered', 'ChoiceStateEntered', 'SucceedStateEntered']) expect(counts(stack, 'StateTransitions', event(type))).toBe(true);
    for (const type of ['TaskStateExited', 'LambdaFunctionScheduled', 'ExecutionStarted']) expect(counts(stack, 'StateTransitions', event(type))).toBe(false);
    expect(counts(stack, 'StateTransitions', event('TaskStateEntered', OTHER_EXECUTION))).toBe(false);
  });

  test('of transitions are for STANDARD, which is billed by them', () => {
    const names = Object.values(Template.fromStack(express(new App())).findResources('AWS::Logs::MetricFilter'))
      .map(({ Properties }) => Properties.MetricTransformations[0].MetricName);
    expect(names).toContain('OrdersOutOfStock');
    expect(names).not.toContain('StateTransitions');
  });

  test('of the stock do not exist if a function of a team reserves', () => {
    const other = newStack();
    new OrderProcessingWorkflow(other, 'Orders', {
      steps: [new ValidateOrder(), new ReserveInventory({ handler: userFunction(other, 'Reserve'), releaseHandler: userFunction(other, 'Release') })],
    });
    expect(JSON.stringify(Template.fromStack(other).findResources('AWS::Logs::MetricFilter'))).not.toContain('OrdersOutOfStock');
  });
});

function shared(): Stack {
  const stack = newStack();
  const logGroup = new logs.LogGroup(stack, 'SharedLogs');
  (logGroup.node.defaultChild as logs.CfnLogGroup).overrideLogicalId('SharedLogs');
  new OrderProcessingWorkflow(stack, 'Orders', { functionSettings: { logGroup }, statusFeed: {} });
  return stack;
}
