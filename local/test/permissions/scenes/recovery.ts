import { anOrder, MINUTE, Scene } from './scene';
import { IntakeFixture } from '../../intake/intake-fixture';

const REPAIR = 'RepairOrder';

/** An order whose undo fails permanently. */
async function onHold(shop: IntakeFixture, orderId: string): Promise<void> {
  shop.orders.faults.state('CheckFraud').always().failsBeforeEffect();
  shop.orders.faults.state('Undo ReserveInventory').always().failsBeforeEffect();
  await shop.orders.process(anOrder(orderId));
  shop.orders.faults.clear();
}

const received = (orderId: string) => ({
  ...anOrder(orderId),
  status: 'RECEIVED',
  version: 1,
  history: { 1: { status: 'RECEIVED', at: '2026-01-01T00:00:00.000Z', step: 'Intake' } },
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
  openSince: '2026-01-01T00:00:00.000Z',
  openShard: 'a',
});

export const RECOVERY: readonly Scene[] = [
  ...['ReserveInventory', 'ProcessPayment', 'Record CheckFraud'].map((state): Scene => ({
    name: `an execution that is stopped after ${state}`,
    play: async (shop, orderId) => {
      shop.orders.stopAfter(orderId, state);
      await shop.orders.process(anOrder(orderId));
      await shop.orders.settled(orderId);
    },
  })),
  {
    name: 'an order that was received and never started',
    play: async (shop, orderId) => {
      await shop.orders.seed({ orders: [received(orderId)] });
      await shop.orders.settled(orderId);
    },
  },
  ...['retry', 'resolved'].map((action): Scene => ({
    name: `an order on hold, and the repair ${action}`,
    play: async (shop, orderId) => {
      await onHold(shop, orderId);
      await shop.orders.invoke(REPAIR, { orderId, action });
      await shop.orders.clock.advance(10 * MINUTE);
    },
  })),
  {
    name: 'an order on hold whose execution is stopped',
    play: async (shop, orderId) => {
      await onHold(shop, orderId);
      shop.orders.stop(orderId);
      await shop.orders.clock.advance(10 * MINUTE);
      await shop.orders.invoke(REPAIR, { orderId, action: 'retry' });
      await shop.orders.settled(orderId);
    },
  },
  {
    name: 'an undo that fails in the recovery too, and its repair',
    play: async (shop, orderId) => {
      shop.orders.stopAfter(orderId, 'ProcessPayment');
      shop.orders.faults.state('Undo ReserveInventory').always().failsBeforeEffect();
      await shop.orders.process(anOrder(orderId));
      await shop.orders.clock.advance(20 * MINUTE);
      shop.orders.faults.clear();
      await shop.orders.invoke(REPAIR, { orderId, action: 'retry' });
      await shop.orders.settled(orderId);
    },
  },
  {
    name: 'alerts that could not be published',
    play: async (shop, orderId) => {
      const states = ['Undo ReserveInventory', 'Publish failure', 'Publish failed compensation'];
      ['CheckFraud', ...states].forEach((state) => shop.orders.faults.state(state).always().failsBeforeEffect());
      await shop.orders.process(anOrder(orderId));
      await shop.orders.clock.advance(20 * MINUTE);
    },
  },
];
