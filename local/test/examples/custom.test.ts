import { App, Stack } from 'aws-cdk-lib';
import { StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { OpenExample, openExample, ordersOf } from './example-cloud';
import { AwaitApproval, OrderProcessingWorkflow, ValidateOrder } from '../../../src';
import { JsonObject, LocalWorkflow } from '../../src';

const HOUR_MS = 3_600_000;
const logs: string[] = [];
let example: OpenExample;
let shop: LocalWorkflow;

beforeAll(async () => {
  example = await openExample('custom', { onLog: (_source, line) => logs.push(line) });
  shop = example.workflow;
});
beforeEach(() => shop.faults.clear());
afterAll(() => example.cloud.close());

/** An order of the file under an id of its own. */
const orderLike = (id: string, orderId: string) => ({ ...ordersOf('custom').find((one) => one.orderId === id)!.order, orderId });
const resourceOf = (stack: string, logicalId: string) =>
  example.cloud.stacks.find(({ name }) => name === stack)!.resources.find((resource) => resource.logicalId.startsWith(logicalId))!.ref;
const rowIn = (table: string, key: JsonObject) => example.cloud.item(resourceOf('Shop', table), key);
const stockOf = async (productId: string) => (await rowIn('Catalogue', { productId }))!.stock;
const forgotten = (orderId: string) => logs.filter((line) => line.startsWith(`forgetting the score of ${orderId},`));

describe('a step of the team’s own', () => {
  test('accepts an order, and what it found is kept', async () => {
    expect(await shop.process(orderLike('order-1', 'cleared'))).toMatchObject({ status: 'COMPLETED', order: { results: { FraudCheck: { score: 6 } } } });
  });

  test('rejects an order for a reason, and the steps before are undone', async () => {
    const stock = await stockOf('lamp');

    expect(await shop.process(orderLike('order-2', 'suspicious'))).toMatchObject({ status: 'SUSPICIOUS', reason: 'known for chargebacks' });
    expect(forgotten('suspicious')).toEqual([]);
    expect(await stockOf('lamp')).toBe(stock);
  });

  test('fails, and is undone itself, with a key of its own', async () => {
    const stock = await stockOf('lamp');

    expect(await shop.process(orderLike('order-4', 'unknown'))).toMatchObject({ status: 'FAILED' });
    expect(forgotten('unknown')).toEqual([expect.stringMatching(/^forgetting the score of unknown, asked by [\w-]+:unknown:FraudCheck:undo$/)]);
    expect(await stockOf('lamp')).toBe(stock);
  });

  test('is undone when a later step ends the order', async () => {
    shop.faults.state('ProcessPayment').answers({ status: 'DECLINED', reason: 'no funds' });

    expect(await shop.process(orderLike('order-1', 'declined'))).toMatchObject({ status: 'PAYMENT_DECLINED' });
    expect(forgotten('declined')).toHaveLength(1);
  });
});

describe('an approval', () => {
  test('is required where the step before decides so', async () => {
    const order = await shop.submit(orderLike('order-3', 'approved'));
    await order.reaches('PENDING_APPROVAL');

    await shop.invoke('DecideFunction', { orderId: 'approved', approved: true, by: 'jo' });

    expect(await order.outcome()).toMatchObject({ status: 'COMPLETED' });
    expect((await shop.process(orderLike('order-1', 'small'))).path).not.toContain('AwaitApproval');
  });

  test('that is refused, or not given within an hour, ends the order and undoes it', async () => {
    const stock = await stockOf('sofa');
    const refused = await shop.submit(orderLike('order-3', 'refused'));
    await refused.reaches('PENDING_APPROVAL');
    await shop.invoke('DecideFunction', { orderId: 'refused', approved: false, reason: 'too good to be true' });
    expect(await refused.outcome()).toMatchObject({ status: 'NOT_APPROVED', reason: 'too good to be true' });

    const begin = shop.clock.now.getTime();
    expect(await shop.process(orderLike('order-3', 'late'))).toMatchObject({ status: 'NOT_APPROVED', reason: 'no decision was made in time' });
    expect(shop.clock.now.getTime() - begin).toBe(HOUR_MS);
    expect(await stockOf('sofa')).toBe(stock);
  });
});

test('a notifier of the team’s own awards points once for each order, though events are delivered twice', async () => {
  shop.faults.call('events:PutEvents').always().happensTwice();

  await shop.process({ ...orderLike('order-1', 'points-1'), userId: 'pia' });
  await shop.process({ ...orderLike('order-1', 'points-2'), userId: 'pia' });
  await shop.process(orderLike('order-2', 'no-points'));
  await shop.clock.advance(0);

  const points = async (userId: string, orderId: string) => (await rowIn('OrdersNotifiersLoyaltyPoints', { userId, orderId }))?.points;
  expect([await points('pia', 'points-1'), await points('pia', 'points-2')]).toEqual([10, 10]);
  expect(await points('eve', 'no-points')).toBeUndefined();
});

test('an alert target of the team’s own opens a ticket', async () => {
  await shop.process(orderLike('order-4', 'ticket'));
  await shop.process(orderLike('order-2', 'no-ticket'));
  await shop.clock.advance(0);

  const ticket = (orderId: string) => rowIn('OrdersAlertTargets', { orderId });
  expect(await ticket('ticket')).toMatchObject({ title: 'order-failed at FraudCheck', workflow: 'Shop/Orders' });
  expect(await ticket('no-ticket')).toBeUndefined();
});

test('existing tables and an existing bus are used', async () => {
  const buses = new Set<unknown>();
  example.cloud.calls.observe(({ service, operation, input }) => {
    if (service === 'events' && operation === 'PutEvents') {
      (input.Entries as JsonObject[]).forEach(({ EventBusName }) => buses.add(EventBusName));
    }
  });
  const stock = await stockOf('lamp') as number;

  await shop.process(orderLike('order-1', 'existing'));
  await shop.clock.advance(0);

  expect(await rowIn('Sales', { orderId: 'existing' })).toMatchObject({ status: 'COMPLETED' });
  expect(await stockOf('lamp')).toBe(stock - 2);
  expect([...buses]).toEqual([resourceOf('Shop', 'Company')]);
});

describe('on EXPRESS', () => {
  test('orders go the same way without approvals, and from the same shelves', async () => {
    const tills = await example.cloud.workflow('Tills');
    const stock = await stockOf('sofa') as number;

    expect(await tills.process(orderLike('till-1', 'till-1'))).toMatchObject({ status: 'COMPLETED' });
    expect(await stockOf('sofa')).toBe(stock - 1);
    expect(await rowIn('Sales', { orderId: 'till-1' })).toBeUndefined();
  });

  test('an approval is refused at synth', () => {
    const steps = [new ValidateOrder(), new AwaitApproval()];

    expect(() => new OrderProcessingWorkflow(new Stack(new App(), 'Kiosk'), 'Orders', { stateMachineType: StateMachineType.EXPRESS, steps }))
      .toThrow('AwaitApproval waits for a decision, which an EXPRESS state machine cannot');
  });
});
