import type { OpenOrder } from '../../../lambda-src/order/orders';
import type { Recovery } from '../../../lambda-src/recovery/recover-order';
import { SweptOrders } from '../../../lambda-src/recovery/swept-orders';
import { INDEXED_ATTRIBUTES, OPEN_SINCE } from '../../../src/contract/open-orders';

const SINCE = { overdue: '2030-01-01T00:00:00.000Z', unstarted: '2030-01-01T00:09:00.000Z' };

test('the sweeper reads of an order in the index exactly what the index holds beside the shard', async () => {
  const read = new Set<string>();
  const watched = (order: OpenOrder) => new Proxy(order, {
    get: (target, name) => {
      if (typeof name === 'string' && name !== 'then') read.add(name);
      return Reflect.get(target, name);
    },
  });
  const orders: OpenOrder[] = [SINCE.overdue, SINCE.unstarted].flatMap((openSince, index) => [
    { orderId: `owned-${index}`, openSince, owner: 'execution-1' }, { orderId: `unowned-${index}`, openSince },
  ]);
  const recovery = { orders: { openUpTo: async function* () { yield orders.map(watched); }, find: async () => undefined } } as unknown as Recovery;

  const swept = new SweptOrders(recovery, SINCE, () => 120_000);
  await swept.addShard('a');

  expect(swept.count('failed', 'left')).toBe(0);
  expect([...read].sort()).toEqual(['orderId', OPEN_SINCE, ...INDEXED_ATTRIBUTES].sort());
});
