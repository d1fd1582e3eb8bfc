import { Queue } from 'aws-cdk-lib/aws-sqs';
import { ClosingFunction, EnqueueOrder, ReserveInventory, ValidateOrder } from '../../../src';
import { inlineFunction, openSaga, order, SagaFixture } from '../saga/saga-fixture';

let shop: SagaFixture;
let count = 0;
const newId = () => `order-${++count}`;
const kindsSince = (alertsBefore: number) => shop.orders.sent.alerts.slice(alertsBefore).map(({ attributes }) => attributes.kind);

describe('a completed order with closing steps', () => {
  beforeAll(async () => {
    shop = await openSaga(undefined, () => [new ValidateOrder(), new ReserveInventory()], {}, undefined, (stack) => [
      new EnqueueOrder({ queue: new Queue(stack, 'Shipping') }),
      new ClosingFunction({ stepName: 'Thank', handler: inlineFunction(stack, 'Thank', 'return {};') }),
    ]);
  });
  afterAll(() => shop.cloud.close());

  test('is closed after the last of them', async () => {
    const { order: row } = await shop.orders.process(order(newId()));

    expect(row).toMatchObject({ status: 'COMPLETED' });
    expect(row!.openSince).toBeUndefined();
  });

  test('whose failed closing step could not be published is published later', async () => {
    const { orders } = shop;
    const orderId = newId();
    const alertsBefore = orders.sent.alerts.length;
    orders.faults.state('EnqueueOrder').always().failsBeforeEffect();
    orders.faults.state('Publish failed EnqueueOrder').always().failsBeforeEffect();
    const { status, path } = await orders.process(order(orderId));
    orders.faults.clear();

    const row = await orders.settled(orderId);

    expect({ status, path }).toMatchObject({ status: 'COMPLETED', path: expect.arrayContaining(['Thank']) });
    expect(row.status).toBe('COMPLETED');
    expect(orders.sent.alerts.slice(alertsBefore).map(({ attributes }) => [attributes.kind, attributes.step])).toEqual([['closing-step-failed', 'EnqueueOrder']]);
  });

  test('whose failed closing steps could not be published is published with each of them later', async () => {
    const { orders } = shop;
    const orderId = newId();
    const alertsBefore = orders.sent.alerts.length;
    for (const step of ['EnqueueOrder', 'Thank']) {
      orders.faults.state(step).always().failsBeforeEffect();
      orders.faults.state(`Publish failed ${step}`).always().failsBeforeEffect();
    }
    await orders.process(order(orderId));
    orders.faults.clear();

    const row = await orders.settled(orderId);

    expect(row.status).toBe('COMPLETED');
    expect(orders.sent.alerts.slice(alertsBefore).map(({ attributes }) => [attributes.kind, attributes.step])).toEqual([
      ['closing-step-failed', 'EnqueueOrder'], ['closing-step-failed', 'Thank'],
    ]);
  });

  test.each(['Complete order', 'EnqueueOrder', 'Thank'])('stays completed when its execution is interrupted after %s, and that is published', async (state) => {
    const { orders } = shop;
    const orderId = newId();
    const alertsBefore = orders.sent.alerts.length;
    orders.stopAfter(orderId, state);
    await orders.submit(order(orderId));

    const row = await orders.settled(orderId);

    expect(row.status).toBe('COMPLETED');
    expect(kindsSince(alertsBefore)).toEqual(['execution-interrupted']);
    expect(row.undo).toBeUndefined();
  });
});
