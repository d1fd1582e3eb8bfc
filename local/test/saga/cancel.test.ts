import { Json, JsonObject } from '../../src';
import { ServiceCall } from '../../src/services/service';
import { openShop, order, Shop } from './a-saga';

const STATES = [
  'ValidateOrder', 'ReserveInventory', 'ProcessPayment', 'Record ProcessPayment', 'CreateOrder', 'CheckFraud', 'Record CheckFraud', 'Complete order',
];

let shop: Shop;
let count = 0;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.cloud.close());

/** Asks to cancel the order right before or after a state's call, as a customer's request would: a flag on a row that is still open. */
function cancelAround(state: string, when: 'before' | 'after', orderId: string): void {
  const { cloud } = shop;
  const ordersTable = cloud.stacks[0].resources.find(({ type, logicalId }) => type === 'AWS::DynamoDB::Table' && logicalId.includes('TablesOrders'))!.ref;
  let asked = false;
  const ask = async (): Promise<void> => {
    asked = true;
    const client = cloud.calls.find('dynamodb')!;
    const input: JsonObject = {
      TableName: ordersTable,
      Key: { orderId: { S: orderId } },
      UpdateExpression: 'SET cancelRequestedAt = :now',
      ConditionExpression: 'attribute_exists(openSince)',
      ExpressionAttributeValues: { ':now': { S: '2026-01-01T00:00:00.000Z' } },
    };
    const call: ServiceCall = { service: 'dynamodb', operation: 'UpdateItem', input, caller: { kind: 'outside', name: 'customer' } };
    // Too late, or too early for a row: then the order goes its way.
    await Promise.resolve(client.operations.UpdateItem(input, call)).catch(() => undefined);
  };
  cloud.calls.interceptWith(async (call, perform): Promise<Json> => {
    const here = !asked && call.caller.kind === 'state' && call.caller.name === state;
    if (here && when === 'before') {
      await ask();
    }
    const answer = await perform();
    if (here && when === 'after') {
      await ask();
    }
    return answer;
  });
}

test.each(STATES.flatMap((state) => [[state, 'before'] as const, [state, 'after'] as const]))(
  'a cancel around %s (%s): all is done, or all is undone', async (state, when) => {
    const { orders, books } = shop;
    const orderId = `order-${++count}`;
    const stock = await books.stock();
    const told = orders.sent.alerts.length;
    cancelAround(state, when, orderId);

    const outcome = await orders.process(order(orderId));

    const tooEarlyOrLate = (state === 'ValidateOrder' && when === 'before') || (state === 'Complete order' && when === 'after');
    const charged = await books.payment(orderId) !== undefined;
    expect(outcome.status).toBe(tooEarlyOrLate ? 'COMPLETED' : charged ? 'REFUNDED' : 'CANCELLED');
    expect(outcome.execution).toBe('SUCCEEDED');
    expect(await books.faultsOf(outcome, stock)).toEqual([]);
    expect(orders.sent.alerts).toHaveLength(told);
  });
