import { App, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { Construct } from 'constructs';
import { InvokeFunction, OrderProcessingWorkflow, ValidateOrder } from '../../src';
import { userFunction } from '../support/workflow';

function withSteps(count: number): Stack {
  const stack = new Stack(new App({ analyticsReporting: false }), 'Shop');
  const handler = userFunction(stack, 'Work');
  const steps = Array.from({ length: count }, (_, index) => new InvokeFunction({
    stepName: `Step${index}`, handler, acceptedStatus: `DONE_${index}`, rejectedStatuses: [`NOT_DONE_${index}`], undoHandler: handler,
  }));
  new OrderProcessingWorkflow(stack, 'Orders', { steps: [new ValidateOrder(), ...steps] });
  return stack;
}

// The definitions are within the template, so that they reach their own limit of 1 MB after it.
test('a template of over 1 MB, which 32 steps make, is reported at synth', () => {
  Annotations.fromStack(withSteps(32)).hasWarning('/Shop', Match.stringLikeRegexp('Template size exceeds limit'));
});

test('the template of fifteen steps is no reason for a warning', () => {
  Annotations.fromStack(withSteps(15)).hasNoWarning('/Shop', Match.stringLikeRegexp('Template size'));
});

describe('a workflow whose path is long', () => {
  const stack = new Stack(new App({ analyticsReporting: false }), 'Shop');
  let scope: Construct = stack;
  for (let level = 0; level < 12; level++) scope = new Construct(scope, `Department${level}OfTheShop`);
  const [first, second] = ['Orders1', 'Orders2'].map((id) => new OrderProcessingWorkflow(scope, id));
  const template = Template.fromStack(stack);

  // https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutQueryDefinition.html
  test('has saved queries whose names are not too long, and differ', () => {
    const names = Object.values(template.findResources('AWS::Logs::QueryDefinition')).map(({ Properties }) => String(Properties.Name));

    expect(names.filter((name) => name.length > 255 || !/^([^:*/]+\/?)*[^:*/]+$/.test(name))).toEqual([]);
    expect(names.filter((name) => name.endsWith('/One order'))).toHaveLength(2);
    expect(new Set(names).size).toBe(names.length);
  });

  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html
  test('has a namespace of metrics that is not too long, and its own', () => {
    const namespaces = [first, second].map(({ metrics }) => metrics.metricNamespace);

    expect(namespaces.filter((namespace) => namespace.length > 255)).toEqual([]);
    expect(new Set(namespaces).size).toBe(2);
  });
});
