import { aLargeOrder, anOrder, MINUTE, Scene } from './scene';

export const ORDERS: readonly Scene[] = [
  {
    name: 'an order by HTTP',
    play: async (shop) => {
      await shop.post(anOrder('http'));
      await shop.orders.outcome('http');
      await shop.get('http');
      await shop.orders.clock.advance(MINUTE);
    },
  },
  {
    name: 'an order that is sent twice at once',
    play: async (shop) => {
      await Promise.all([shop.post(anOrder('twice')), shop.post(anOrder('twice'))]);
      await shop.orders.outcome('twice');
      await shop.post(anOrder('twice', { userId: 'bob' }));
    },
  },
  {
    name: 'an order by queue, and a message that is none',
    play: async (shop) => {
      await shop.send(anOrder('queue'));
      await shop.send('no order');
      await shop.settle();
      await shop.orders.outcome('queue');
      await shop.orders.clock.advance(10 * MINUTE);
    },
  },
  {
    name: 'an order by event, and an event that is none',
    play: async (shop) => {
      const Entries = [anOrder('event'), { orderId: 'no order' }].map((detail) => ({ Source: 'shop', DetailType: 'OrderPlaced', Detail: JSON.stringify(detail) }));
      await shop.call('events', 'PutEvents', { Entries });
      await shop.settle();
      await shop.orders.outcome('event');
      await shop.orders.clock.advance(10 * MINUTE);
    },
  },
  {
    name: 'an order by WebSocket, which its customer watches',
    play: async (shop) => {
      const client = await shop.connect();
      const { watchToken } = await client.submit(anOrder('socket'));
      await client.watch('socket', watchToken);
      await shop.orders.outcome('socket');
      await client.next(({ status }) => status === 'COMPLETED');
      await client.request({ action: 'unsubscribe', orderId: 'socket' }, 'unsubscribed');
      await client.watch('socket', watchToken);
      client.close();
      await shop.orders.clock.advance(MINUTE);
    },
  },
  ...['http', 'decide'].map((how): Scene => ({
    name: `an order that is approved by ${how}`,
    play: async (shop) => {
      await shop.post(aLargeOrder(how));
      await shop.orders.reaches(how, 'PENDING_APPROVAL');
      await (how === 'http' ? shop.decide(how, { approved: true }) : shop.orders.invoke('Orders/Saga/DecideFunction', { orderId: how, approved: true }));
      await shop.orders.outcome(how);
    },
  })),
  {
    name: 'an order that is cancelled while it waits',
    play: async (shop) => {
      await shop.post(aLargeOrder('cancelled'));
      await shop.orders.reaches('cancelled', 'PENDING_APPROVAL');
      await shop.cancel('cancelled');
      await shop.orders.outcome('cancelled');
    },
  },
  {
    name: 'an order by WebSocket that is cancelled while it waits',
    play: async (shop) => {
      const client = await shop.connect();
      const { watchToken } = await client.submit(aLargeOrder('cancelled'));
      await shop.orders.reaches('cancelled', 'PENDING_APPROVAL');
      const { type } = await client.request({ action: 'cancelOrder', orderId: 'cancelled', watchToken }, 'order.cancelling');
      if (type === 'error') throw new Error('the order is not cancelled, and would wait for a day');
      await shop.orders.outcome('cancelled');
    },
  },
  {
    name: 'an order that fails at its last step',
    play: async (shop) => {
      shop.orders.faults.state('CheckFraud').always().failsBeforeEffect();
      await shop.post(anOrder('failed'));
      await shop.orders.outcome('failed');
      await shop.orders.clock.advance(MINUTE);
    },
  },
];
