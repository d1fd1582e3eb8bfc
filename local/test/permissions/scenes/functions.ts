import { anOrder, MINUTE, Scene } from './scene';

/** A function that fails as often as it is tried: its event ends in its dead-letter queue. */
function failing(part: string): Scene {
  return {
    name: `a failing ${part}`,
    play: async (shop) => {
      shop.orders.faults.call('lambda:Invoke', { resource: part }).always().failsBeforeEffect();
      shop.orders.faults.state('CheckFraud').always().failsBeforeEffect();
      await shop.orders.process(anOrder('lost'));
      await shop.orders.clock.advance(10 * MINUTE);
    },
  };
}

export const FUNCTIONS: readonly Scene[] = [
  ...['StatusPublisherFunction', 'NotifiersEmailFunction', 'OrderSweeperFunction', 'AlertTargetsSlackFunction', 'AlertTargetsPagerDutyFunction'].map(failing),
  {
    name: 'a failing function of the event intake',
    play: async (shop) => {
      shop.orders.faults.call('lambda:Invoke', { resource: 'IntakesEventFunction' }).always().failsBeforeEffect();
      await shop.call('events', 'PutEvents', { Entries: [{ Source: 'shop', DetailType: 'OrderPlaced', Detail: JSON.stringify(anOrder('lost')) }] });
      await shop.orders.clock.advance(10 * MINUTE);
    },
  },
];
