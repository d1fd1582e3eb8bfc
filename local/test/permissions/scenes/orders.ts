import { aLargeOrder, anOrder, MINUTE, Scene } from './scene';

export const ORDERS: readonly Scene[] = [
  {
    name: 'an order by HTTP',
    play: async (shop, orderId) => {
      await shop.post(anOrder(orderId));
      await shop.orders.outcome(orderId);
      await shop.get(orderId);
      await shop.orders.clock.advance(MINUTE);
    },
  },
  {
    name: 'an order that is sent twice at once',
    play: async (shop, orderId) => {
      await Promise.all([shop.post(anOrder(orderId)), shop.post(anOrder(orderId))]);
      await shop.orders.outcome(orderId);
      await shop.post(anOrder(orderId, { userId: 'bob' }));
    },
  },
  {
    name: 'an order by queue, and a message that is none',
    play: async (shop, orderId) => {
      await shop.send(anOrder(orderId));
      await shop.send('no order');
      await shop.settle();
      await shop.orders.outcome(orderId);
      await shop.orders.clock.advance(10 * MINUTE);
    },
  },
  {
    name: 'an order by event, and an event that is none',
    play: async (shop, orderId) => {
      const Entries = [anOrder(orderId), { orderId: 'no order' }].map((detail) => ({ Source: 'shop', DetailType: 'OrderPlaced', Detail: JSON.stringify(detail) }));
      await shop.call('events', 'PutEvents', { Entries });
      await shop.settle();
      await shop.orders.outcome(orderId);
      await shop.orders.clock.advance(10 * MINUTE);
    },
  },
  {
    name: 'an order by WebSocket, which its customer watches',
    play: async (shop, orderId) => {
      const client = await shop.connect();
      const { watchToken } = await client.submit(anOrder(orderId));
      await client.watch(orderId, watchToken);
      await shop.orders.outcome(orderId);
      await client.next(({ status }) => status === 'COMPLETED');
      await client.request({ action: 'unsubscribe', orderId: orderId }, 'unsubscribed');
      await client.watch(orderId, watchToken);
      client.close();
      await shop.orders.clock.advance(MINUTE);
    },
  },
  ...['http', 'decide'].map((how): Scene => ({
    name: `an order that is approved by ${how}`,
    play: async (shop, orderId) => {
      await shop.post(aLargeOrder(orderId));
      await shop.orders.reaches(orderId, 'PENDING_APPROVAL');
      await (how === 'http' ? shop.decide(orderId, { approved: true }) : shop.orders.invoke('Orders/Saga/DecideFunction', { orderId, approved: true }));
      await shop.orders.outcome(orderId);
    },
  })),
  {
    name: 'an order that is cancelled while it waits',
    play: async (shop, orderId) => {
      await shop.post(aLargeOrder(orderId));
      await shop.orders.reaches(orderId, 'PENDING_APPROVAL');
      await shop.cancel(orderId);
      await shop.orders.outcome(orderId);
    },
  },
  {
    name: 'an order by WebSocket that is cancelled while it waits',
    play: async (shop, orderId) => {
      const client = await shop.connect();
      const { watchToken } = await client.submit(aLargeOrder(orderId));
      await shop.orders.reaches(orderId, 'PENDING_APPROVAL');
      const { type } = await client.request({ action: 'cancelOrder', orderId: orderId, watchToken }, 'order.cancelling');
      if (type === 'error') throw new Error('the order is not cancelled, and would wait for a day');
      await shop.orders.outcome(orderId);
    },
  },
  {
    name: 'an order that fails at its last step',
    play: async (shop, orderId) => {
      shop.orders.faults.state('CheckFraud').always().failsBeforeEffect();
      await shop.post(anOrder(orderId));
      await shop.orders.outcome(orderId);
      await shop.orders.clock.advance(MINUTE);
    },
  },
];
