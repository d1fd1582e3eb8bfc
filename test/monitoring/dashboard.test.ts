import { App, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Widget, shownBy, textOf, titlesIn, widgetsIn } from './dashboard-fixture';
import { KNOWN_METRICS } from './known-metrics';
import { metricLine } from '../../lambda-src/recovery/sweep-metrics';
import { HttpIntake, InvokeFunction, OrderProcessingWorkflow, QueueIntake, QueueNotifier, SlackAlert, ValidateOrder } from '../../src';
import { existing } from '../integ/existing';
import { express } from '../integ/express';
import { full } from '../integ/full';
import { intakes } from '../integ/intakes';
import { live } from '../integ/live';
import { minimal } from '../integ/minimal';
import { newStack, userFunction } from '../support/workflow';

const SWEEP = { OverdueOrders: 0, OrdersNeedingAttention: 0, OrdersRecovered: 0, OrdersStarted: 0 };
const SWEPT: string[] = JSON.parse(metricLine('', '', 0, SWEEP))._aws.CloudWatchMetrics[0].Metrics.map(({ Name }: { Name: string }) => Name);

const titled = (widgets: Widget[], title: string): Widget => widgets.find(({ properties }) => properties.title === title)!;
const labels = (widget: Widget): string[] => shownBy(widget).filter(({ options }) => options.visible !== false).map(({ options }) => options.label);

describe.each([
  ['minimal', minimal], ['full', full], ['express', express], ['existing', existing], ['live', live], ['intakes', intakes],
])('the dashboard of the app %s', (_name, make) => {
  const stack = make(new App({ analyticsReporting: false }));
  const template = Template.fromStack(stack);
  const widgets = widgetsIn(stack);
  const metrics = widgets.flatMap(shownBy).filter(({ namespace }) => namespace);

  test('shows metrics that exist: of AWS, of metric filters, of the sweeper', () => {
    const filtered = Object.values(template.findResources('AWS::Logs::MetricFilter')).flatMap(({ Properties }) =>
      Properties.MetricTransformations.map(({ MetricNamespace, MetricName }: any) => `${MetricNamespace} ${MetricName}`));
    for (const { namespace, metricName, dimensions } of metrics) {
      const known = KNOWN_METRICS[namespace!];
      if (known) {
        expect(known.metrics).toContain(metricName);
        expect(known.dimensions).toContainEqual(Object.keys(dimensions).sort());
      } else {
        expect(namespace).toMatch(/^OrderWorkflow\/\w+\/Orders\/Saga$/);
        expect([...filtered, ...SWEPT.map((name) => `${namespace} ${name}`)]).toContain(`${namespace} ${metricName}`);
        expect(dimensions).toEqual({});
      }
    }
  });

  test('shows resources of the stack, or existing ones', () => {
    const resources = Object.keys(template.toJSON().Resources);
    for (const value of metrics.flatMap(({ dimensions }) => Object.values(dimensions))) {
      const [, id] = /<(?!AWS::)(\w+)[.>]/.exec(value) ?? [];
      expect(id === undefined || resources.includes(id)).toBe(true);
    }
  });

  test('has titles, units, distinct labels, and no overlapping widgets', () => {
    const taken = new Set<string>();
    for (const { type, x, y, width, height, properties } of widgets) {
      for (let place = 0; place < width * height; place++) {
        const cell = `${x + place % width},${y + Math.floor(place / width)}`;
        expect(taken.has(cell)).toBe(false);
        taken.add(cell);
      }
      expect(x + width).toBeLessThanOrEqual(24);
      if (type === 'text') {
        expect(properties.markdown).toMatch(/^#{1,2} .+\n.+/);
        continue;
      }
      expect(properties.title.length).toBeGreaterThan(3);
    }
    for (const widget of widgets.filter(({ properties }) => properties.view === 'timeSeries')) {
      expect(widget.properties).toMatchObject({ yAxis: { left: { label: expect.any(String), min: 0 } }, region: expect.any(String) });
      expect(new Set(labels(widget)).size).toBe(labels(widget).length);
      expect(labels(widget)).not.toContain(undefined);
    }
  });

  test('keeps to the limits of CloudWatch: widgets, metrics, ids, length of expressions', () => {
    expect(widgets.length).toBeLessThanOrEqual(500);
    expect(metrics.length).toBeLessThanOrEqual(2_500);
    for (const shown of widgets.map(shownBy)) {
      const ids = shown.map(({ options }) => options.id).filter((id) => id);
      expect(new Set(ids).size).toBe(ids.length);
      for (const { options: { expression } } of shown.filter(({ options }) => options.expression)) {
        expect(expression.length).toBeLessThanOrEqual(2_048);
        // CloudWatch does not parse numbers with exponents.
        expect(expression).not.toMatch(/\de[-+]?\d/);
        const used: string[] = expression.match(/\b[a-z]\w*/g);
        expect(ids).toEqual(expect.arrayContaining(used));
      }
    }
  });
});

describe('the dashboard', () => {
  test('shows the outcomes of orders', () => {
    const outcomes = titled(widgetsIn(minimal(new App())), 'Outcomes');
    expect(labels(outcomes).sort()).toEqual(['Completed', 'Duplicate', 'Failed', 'Rejected', 'Started']);
  });

  test('shows the duration of each function that a step invokes, by the name of the state', () => {
    const stack = newStack();
    new OrderProcessingWorkflow(stack, 'Orders', {
      steps: [new ValidateOrder(), new InvokeFunction({
        stepName: 'Weigh', acceptedStatus: 'WEIGHED', handler: userFunction(stack, 'Scales'), undoHandler: userFunction(stack, 'Undo'),
      })],
    });
    const widgets = widgetsIn(stack);
    for (const stat of ['p50', 'p95', 'p99']) {
      const widget = titled(widgets, `Duration of steps: ${stat}`);
      expect(labels(widget).sort()).toEqual(['Undo Weigh', 'ValidateOrder', 'Weigh']);
      expect(shownBy(widget).map(({ options }) => options.stat)).toEqual([stat, stat, stat]);
    }
  });

  test('has no widgets for parts that do not exist', () => {
    const titles = titlesIn(minimal(new App()));
    for (const absent of ['## Intakes', 'HTTP requests', 'Oldest order in a queue', 'Connections of the status feed']) {
      expect(titles).not.toContain(absent);
    }
    expect(titlesIn(intakes(new App()))).toEqual(expect.arrayContaining([
      '## Intakes', 'HTTP requests', 'HTTP latency', 'Oldest order in a queue', 'Delay of published changes', 'Connections of the status feed',
    ]));
  });

  test('of an EXPRESS workflow shows the metrics of EXPRESS', () => {
    const metrics = widgetsIn(express(new App())).flatMap(shownBy).map(({ metricName }) => metricName);
    expect(metrics).toEqual(expect.arrayContaining(['ExpressExecutionBilledDuration', 'ExpressExecutionBilledMemory']));
    for (const standardOnly of ['ExecutionsAborted', 'ExecutionThrottled', 'StateTransitions']) expect(metrics).not.toContain(standardOnly);
  });

  test('shows parts that are added later', () => {
    const stack = newStack();
    const workflow = new OrderProcessingWorkflow(stack, 'Orders');
    const queue = new sqs.Queue(stack, 'Mine', { visibilityTimeout: Duration.seconds(90) });
    workflow.addIntake(new HttpIntake({ intakeName: 'Shop' }));
    workflow.addIntake(new QueueIntake({ intakeName: 'Backlog', queue }));
    workflow.addNotifier(new QueueNotifier(new sqs.Queue(stack, 'Shipping'), { notifierName: 'Shipping' }));
    workflow.addAlertTarget(new SlackAlert(new secretsmanager.Secret(stack, 'Webhook'), { targetName: 'Chat' }));
    const widgets = widgetsIn(stack);

    expect(labels(titled(widgets, 'HTTP requests'))).toContain('Shop intake: 5xx');
    expect(shownBy(titled(widgets, 'Oldest order in a queue'))).toMatchObject([
      { dimensions: { QueueName: textOf(stack.resolve(queue.queueName)) }, options: { label: 'Backlog intake' } },
    ]);
    expect(labels(titled(widgets, 'Errors of functions'))).toEqual(expect.arrayContaining(['Shop intake', 'Backlog intake', 'Status publisher', 'Chat alerts']));
    expect(labels(titled(widgets, 'Dead-letter queues')))
      .toEqual(expect.arrayContaining(['Shipping notifier', 'Chat alerts', 'Backlog intake', 'Status publisher']));
    expect(titled(widgets, 'Alarms').properties.alarms.length).toBe(workflow.monitoring.alarms.length);
  });

  test('shows the connections of the feed, at its stage', () => {
    const widget = titled(widgetsIn(live(new App())), 'Connections of the status feed');
    expect(shownBy(widget).map(({ metricName }) => metricName)).toEqual(['ConnectCount', 'MessageCount', 'ClientError', 'IntegrationError']);
    expect(shownBy(widget)[0].dimensions).toEqual({ ApiId: expect.stringContaining('StatusFeedApi'), Stage: 'live' });
  });

  test('can be named, extended with widgets and left out', () => {
    const stack = newStack();
    const { monitoring } = new OrderProcessingWorkflow(stack, 'Orders', { monitoring: { dashboardName: 'orders' } });
    monitoring.dashboard!.addWidgets(new cloudwatch.TextWidget({ markdown: 'On call: see the wiki' }));
    Template.fromStack(stack).hasResourceProperties('AWS::CloudWatch::Dashboard', { DashboardName: 'orders' });
    expect(widgetsIn(stack).at(-1)!.properties.markdown).toBe('On call: see the wiki');

    const without = newStack();
    expect(new OrderProcessingWorkflow(without, 'Orders', { monitoring: { dashboard: false } }).monitoring.dashboard).toBeUndefined();
    Template.fromStack(without).resourceCountIs('AWS::CloudWatch::Dashboard', 0);
  });
});

describe('the estimated cost', () => {
  /** The values of the expressions if each metric had this value. */
  function costIn(stack: Stack, values: { [metricName: string]: number }): { [label: string]: number } {
    const widgets = widgetsIn(stack);
    const shown = [titled(widgets, 'Estimated cost'), titled(widgets, 'Estimated cost per hour')].flatMap(shownBy);
    const scope: { [id: string]: () => number } = {};
    const evaluate = (expression: string): number => new Function('FILL', 'SUM', 'scope', `with (scope) { return ${expression}; }`)(
      (value: number) => value, (all: number[]) => all.reduce((sum, value) => sum + value, 0),
      new Proxy({}, { has: (_, id) => id in scope, get: (_, id) => typeof id === 'string' ? scope[id]() : undefined }),
    );
    for (const { metricName, options: { id, expression } } of shown.filter(({ options }) => options.id)) {
      scope[id] = () => expression ? evaluate(expression) : values[metricName!] ?? 0;
    }
    return Object.fromEntries(shown.filter(({ options }) => options.expression && options.visible !== false)
      .map(({ options: { label, expression } }) => [label, evaluate(expression)]));
  }

  const stackOf = (monitoring = {}) => {
    const stack = newStack();
    new OrderProcessingWorkflow(stack, 'Orders', { monitoring });
    return stack;
  };

  test('of a thousand orders follows from transitions, invocations, milliseconds and request units', () => {
    const stack = stackOf();
    const functions = Object.keys(Template.fromStack(stack).findResources('AWS::Lambda::Function')).length;
    const cost = costIn(stack, {
      ExecutionsStarted: 1_000,
      StateTransitions: 8_000,
      Invocations: 1_000,
      Duration: 50_000,
      ConsumedWriteCapacityUnits: 4_000,
      ConsumedReadCapacityUnits: 1_000,
    });

    const lambdaCost = functions * (1_000 * 0.2e-6 + 50 * 0.25 * 0.0000133334);
    const tables = 2 * (4_000 * 0.625e-6 + 1_000 * 0.125e-6);
    expect(cost['Step Functions']).toBeCloseTo(8_000 * 25e-6, 10);
    expect(cost.Lambda).toBeCloseTo(lambdaCost, 7);
    expect(cost.DynamoDB).toBeCloseTo(tables, 10);
    expect(cost['1,000 orders']).toBeCloseTo(0.2 + lambdaCost + tables, 7);
  });

  test('follows the prices of the props', () => {
    const cost = costIn(stackOf({ prices: { millionTransitions: 50, millionWrites: 1, millionReads: 0 } }), {
      StateTransitions: 1_000_000, ConsumedWriteCapacityUnits: 1_000_000, ConsumedReadCapacityUnits: 1_000_000,
    });
    expect(cost['Step Functions']).toBe(50);
    expect(cost.DynamoDB).toBe(2);
  });

  test('of EXPRESS follows from executions, their duration and memory', () => {
    const cost = costIn(express(new App()), {
      ExecutionsStarted: 1_000_000, ExpressExecutionBilledDuration: 200_000_000, ExpressExecutionBilledMemory: 64 * 1_024 * 1_024,
    });
    expect(cost['Step Functions']).toBeCloseTo(1 + 200_000 * 0.0625 * 0.00001667, 6);
  });

  test('includes the functions of a team that steps invoke, if their memory is known', () => {
    const stack = newStack();
    const handler = new lambda.Function(stack, 'Big', {
      runtime: lambda.Runtime.NODEJS_24_X, handler: 'index.handler', code: lambda.Code.fromInline(';'), memorySize: 1_024,
    });
    const imported = lambda.Function.fromFunctionArn(stack, 'Theirs', 'arn:aws:lambda:eu-central-1:111111111111:function:theirs');
    new OrderProcessingWorkflow(stack, 'Orders', {
      steps: [
        new ValidateOrder(),
        new InvokeFunction({ stepName: 'Big', acceptedStatus: 'BIG', handler: handler.currentVersion }),
        new InvokeFunction({ stepName: 'Theirs', acceptedStatus: 'THEIRS', handler: imported }),
      ],
    });
    const shown = shownBy(titled(widgetsIn(stack), 'Estimated cost per hour'));
    const names = shown.filter(({ metricName }) => metricName === 'Invocations').map(({ dimensions }) => dimensions.FunctionName);
    expect(names.filter((name) => /Big/.test(name))).toHaveLength(1);
    expect(names).not.toContain('theirs');
    // A gigabyte of x86_64 for a millisecond.
    expect(shown.find(({ options }) => options.label === 'Lambda')!.options.expression).toContain('* 0.0166667 / 1000000');
  });
});
