import { anOrder, MINUTE, Scene } from './scene';

/** A function that fails as often as it is tried: its event ends in its dead-letter queue. */
function failing(part: string, minutes = 10, more: (shop: Parameters<Scene['play']>[0]) => void = () => undefined): Scene {
  return {
    name: `a failing ${part}`,
    play: async (shop, orderId) => {
      shop.orders.faults.call('lambda:Invoke', { resource: part }).always().failsAfterEffect();
      more(shop);
      await shop.orders.process(anOrder(orderId));
      await shop.orders.clock.advance(minutes * MINUTE);
    },
  };
}

/** An alert is what these functions get. */
const withAnAlert = (part: string) => failing(part, 10, (shop) => shop.orders.faults.state('CheckFraud').always().failsBeforeEffect());

export const FUNCTIONS: readonly Scene[] = [
  failing('StatusPublisherFunction', 60),
  failing('NotifiersEmailFunction'),
  failing('OrderSweeperFunction'),
  withAnAlert('AlertTargetsSlackFunction'),
  withAnAlert('AlertTargetsPagerDutyFunction'),
  {
    name: 'a failing function of the event intake',
    play: async (shop, orderId) => {
      shop.orders.faults.call('lambda:Invoke', { resource: 'IntakesEventFunction' }).always().failsBeforeEffect();
      await shop.call('events', 'PutEvents', { Entries: [{ Source: 'shop', DetailType: 'OrderPlaced', Detail: JSON.stringify(anOrder(orderId)) }] });
      await shop.orders.clock.advance(10 * MINUTE);
    },
  },
  {
    name: 'an alert that is delivered twice',
    play: async (shop, orderId) => {
      shop.orders.faults.call('lambda:Invoke', { resource: 'AlertTargetsSlackFunction' }).always().happensTwice();
      shop.orders.faults.state('CheckFraud').always().failsBeforeEffect();
      await shop.orders.process(anOrder(orderId));
      await shop.orders.clock.advance(MINUTE);
    },
  },
];
