import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { App, Stack } from 'aws-cdk-lib';
import { StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { TerminalFixture } from './terminal-fixture';
import { OrderProcessingWorkflow } from '../../../src';
import { LocalCloud } from '../../src';
import { howToRepair } from '../../src/cli/how-to-repair';
import { EventPrinter } from '../../src/cli/event-printer';
import { run } from '../../src/cli/run';
import { allSteps, order } from '../saga/saga-fixture';

let cloud: LocalCloud;
const terminal = new TerminalFixture();

beforeAll(async () => {
  const app = new App();
  const mall = new Stack(app, 'Mall');
  new OrderProcessingWorkflow(mall, 'Shop', { steps: allSteps(new Stack(app, 'ShopFunctions')) });
  new OrderProcessingWorkflow(mall, 'Express', {
    steps: allSteps(new Stack(app, 'ExpressFunctions')), stateMachineType: StateMachineType.EXPRESS,
  });
  cloud = await LocalCloud.fromStack(mall);
  await (await cloud.workflow('Shop')).seed([{ productId: 'lamp', price: 29.99, stock: 1_000 }]);
  await (await cloud.workflow('Express')).seed([{ productId: 'lamp', price: 29.99, stock: 1_000 }]);
  const workflows = await cloud.allWorkflows();
  new EventPrinter(terminal, cloud).follow(workflows, howToRepair(cloud, workflows));
});

afterAll(() => cloud.close());

const port = () => new URL(cloud.endpointUrl).port;

/** What a command prints while the cloud serves. */
async function said(...args: string[]): Promise<{ code: number; printed: string[]; errors: string[] }> {
  const own = new TerminalFixture();
  const code = await run(args, own);
  return { code, printed: own.printed, errors: own.errors };
}

const refused = (complaint: string | RegExp) => ({
  code: 2, printed: [], errors: [typeof complaint === 'string' ? complaint : expect.stringMatching(complaint)],
});

/** An order whose stock could not be released. */
async function notUndone(workflow: string, orderId: string): Promise<void> {
  const orders = await cloud.workflow(workflow);
  const faults = ['CheckFraud', 'Undo ReserveInventory'].map((state) => orders.faults.state(state).always().failsBeforeEffect());
  await orders.process(order(orderId));
  faults.forEach((fault) => fault.remove());
}

/** The order once everything that was begun is done. */
async function afterwards(workflow: string, orderId: string) {
  const orders = await cloud.workflow(workflow);
  await orders.clock.advance(60_000);
  return orders.order(orderId);
}

test.each([
  ['Shop', 'by the execution that waits for the decision'],
  ['Express', 'by a recovery, as its own execution has ended'],
])('retry continues with an order of %s, and prints one line', async (workflow, who) => {
  await notUndone(workflow, 'order-1');

  expect(await said('retry', 'order-1', '--port', port(), '--workflow', workflow)).toEqual({
    code: 0, printed: [`order order-1: what could not be undone is retried, ${who}`], errors: [],
  });
  const row = await afterwards(workflow, 'order-1');
  expect(row).toMatchObject({ status: 'REFUNDED', reservation: { status: 'RELEASED' } });
  expect(row).not.toHaveProperty('openSince');
  expect(terminal.text).toMatch(/order-1 +alert +order-repaired$/m);
});

test('resolve closes the order, with the operator and the reason', async () => {
  await notUndone('Shop', 'order-2');

  const { code, printed } = await said('resolve', 'order-2', '--port', port(), '--workflow', 'Mall/Shop', '--refunded', '--by', 'jo', '--reason', 'counted by hand');

  expect([code, printed]).toEqual([0, ['order order-2: it is closed as resolved, by the execution that waits for the decision']]);
  expect(await afterwards('Shop', 'order-2')).toMatchObject({ status: 'REFUNDED', resolution: { by: 'jo', reason: 'counted by hand' } });
});

test('an order that needs attention is printed with the commands that retry or close it', async () => {
  await notUndone('Shop', 'order-3');

  const where = `order-3 --port ${port()} --workflow Mall/Shop`;
  expect(terminal.text).toMatch(new RegExp(
    'order-3 +NEEDS_ATTENTION +v\\d+  could not undo ReserveInventory\n.*\n?'
    + `.*retry it with +npx cdk-order-workflow-local retry ${where}\n.*or close it with +npx cdk-order-workflow-local resolve ${where}$`, 'm',
  ));
});

test('an order that is missing, or does not need attention, is refused with the message of the workflow', async () => {
  const orders = await cloud.workflow('Shop');
  await orders.process(order('order-4'));
  const at = ['--port', port(), '--workflow', 'Shop'];

  expect(await said('retry', 'order-0', ...at)).toEqual(refused('there is no order order-0'));
  expect(await said('retry', 'order 0', ...at)).toEqual(refused('there is no order order 0'));
  expect(await said('resolve', 'order-4', ...at)).toEqual(
    refused('order order-4 is not NEEDS_ATTENTION but COMPLETED: it has ended, and needs no repair'),
  );
});

test('--as repairs in the name of a role, which must be allowed to', async () => {
  const at = ['retry', 'order-0', '--port', port(), '--workflow', 'Shop', '--as'];

  expect(await said(...at, 'Mall/Shop/Saga/StateMachine')).toEqual(refused(
    /^User: arn:aws:sts::000000000000:assumed-role\/\S+ is not authorized to perform: lambda:InvokeFunction on resource: \S+ because no identity-based policy allows/,
  ));
  expect(await said(...at, 'Mall/Guest')).toEqual(refused(/^there is no role 'Mall\/Guest'; there are /));
});

test('of several workflows one has to be named', async () => {
  const all = 'Mall/Shop, Mall/Express';

  expect(await said('retry', 'order-1', '--port', port())).toEqual(refused(`there are several order workflows (${all}): name one with --workflow`));
  expect(await said('retry', 'order-1', '--port', port(), '--workflow', 'Kiosk')).toEqual(refused(`there is no order workflow 'Kiosk'; there is ${all}`));
});

test('a port at which no cloud serves is refused', async () => {
  const server = createServer((_, response) => response.end('hello'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const taken = String((server.address() as AddressInfo).port);

  expect(await said('retry', 'order-1', '--port', taken)).toEqual(refused(
    `the server at http://127.0.0.1:${taken} is not the endpoint of a local cloud: give the number in the line 'AWS endpoint' that the cloud printed as --port`,
  ));
  await new Promise((resolve) => server.close(resolve));
  expect(await said('retry', 'order-1', '--port', taken)).toEqual(refused(
    `nothing serves at http://127.0.0.1:${taken}: start it with cdk-order-workflow-local --port ${taken}, or give the port of the one that runs`,
  ));
});

test.each<[string[], string]>([
  [['retry'], 'retry takes one order id, not 0: such as retry order-1 --port 4566'],
  [['resolve', 'order-1', 'order-2'], 'resolve takes one order id, not 2: such as resolve order-1 --port 4566'],
  [['retry', 'order-1'], "give the port of the cloud that has order order-1 as --port: it is the number in the line 'AWS endpoint' that the cloud printed at its start"],
  [['retry', 'order-1', '--port', 'here'], '--port is here: give a number from 1 to 65535'],
  [['retry', 'order-1', '--refunded'], "unknown option '--refunded'; --help lists the options"],
])('%j is one clear line and exit code 2', async (args, complaint) => {
  expect(await said(...args)).toEqual(refused(complaint));
});

test('--help describes both', async () => {
  const { code, printed: [help] } = await said('retry', 'order-1', '--help');

  expect(code).toBe(0);
  expect(help).toMatch(/retry <orderId> --port[^]*resolve <orderId> --port/);
});
