import { App, NestedStack, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Construct } from 'constructs';
import { HttpIntake, OrderProcessingWorkflow } from '../../src';
import { vendedLogGroup } from '../../src/private/vended-log-group';

const workflow = (scope: Construct, id = 'Orders') => new OrderProcessingWorkflow(scope, id, { intakes: [new HttpIntake()] });
const namesIn = (stack: Stack, stackName = 'deployed') => Object.values(Template.fromStack(stack).findResources('AWS::Logs::LogGroup'))
  .flatMap(({ Properties: { LogGroupName } }) => LogGroupName ? [resolved(LogGroupName, stackName)] : []);

/** The name as it is deployed. */
const resolved = (name: { 'Fn::Join': [string, (string | object)[]] }, stackName: string) =>
  name['Fn::Join'][1].map((part) => typeof part === 'string' ? part : stackName).join('');


test('the log groups of the state machines and of the HTTP API have names that say where they come from', () => {
  const shop = new Stack(new App({ analyticsReporting: false }), 'Shop');
  workflow(shop);

  expect(namesIn(shop).map((name) => name.replace(/[0-9a-f]{8}$/, ''))).toEqual([
    '/aws/vendedlogs/states/deployed/Orders-Saga-Logs-', '/aws/vendedlogs/apigateway/deployed/Orders-Intakes-Http-AccessLogs-',
  ]);
});

test('a name differs by workflow, by intake and by stack, nested ones among them', () => {
  const app = new App({ analyticsReporting: false });
  const [two, shop] = [new Stack(app, 'Two'), new Stack(app, 'Shop')];
  workflow(shop);
  workflow(two, 'Orders').addIntake(new HttpIntake({ intakeName: 'Backends' }));
  workflow(two, 'Orders-Saga');
  const nested = new NestedStack(two, 'Shop');
  workflow(nested);
  const all = [...namesIn(two, 'Two'), ...namesIn(nested, 'Two-Shop-1'), ...namesIn(shop, 'Shop')];

  expect(all.length).toBe(5 + 2 + 2);
  expect(new Set(all).size).toBe(all.length);
});

test('paths that look alike have different names', () => {
  const stack = new Stack(new App({ analyticsReporting: false }), 'Alike');
  ['a/b', 'a-b', 'ä-b'].forEach((id) => vendedLogGroup(new Construct(stack, id.replace('/', '--')), 'Logs', 'states'));

  expect(new Set(namesIn(stack)).size).toBe(3);
});

test('a name is the same in every synth, and fits', () => {
  const deep = () => {
    const stack = new Stack(new App({ analyticsReporting: false }), 'Deep');
    let scope: Construct = stack;
    for (let level = 0; level < 40; level++) scope = new Construct(scope, `Level${level}WithARatherLongName äöü`);
    vendedLogGroup(scope, 'Logs', 'apigateway');
    return namesIn(stack, 'S'.repeat(128));
  };

  expect(deep()).toEqual(deep());
  expect(deep()[0].length).toBeLessThanOrEqual(512);
  expect(deep()[0]).toMatch(/^[.\-_/#A-Za-z0-9]+$/);
});
