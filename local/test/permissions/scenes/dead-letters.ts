import { anOrder, MINUTE, Scene } from './scene';
import { Json } from '../../../src';
import { ServiceCall } from '../../../src/services/service';
import { ServiceError } from '../../../src/services/service-error';
import { IntakeFixture } from '../../intake/intake-fixture';

/** From now on, what a service delivers to a target is refused for good. */
function refuseDeliveries(shop: IntakeFixture, service: string, isTarget: (call: ServiceCall) => boolean): void {
  shop.cloud.calls.interceptWith(async (call, perform): Promise<Json> => {
    const { as } = call.caller;
    if (as && 'service' in as && as.service === service && isTarget(call)) {
      throw new ServiceError('ResourceNotFoundException', 'an injected fault', 404);
    }
    return shop.cloud.faults.intercept(call, perform);
  });
}

const isTo = (pattern: RegExp) => ({ input: { FunctionName, QueueUrl, TopicArn } }: ServiceCall) =>
  !/DeadLetters/.test(String(QueueUrl)) && pattern.test(String(FunctionName ?? QueueUrl ?? TopicArn));

async function complete(shop: IntakeFixture, orderId: string): Promise<void> {
  await shop.orders.process(anOrder(orderId));
  await shop.orders.clock.advance(MINUTE);
}

export const DEAD_LETTERS: readonly Scene[] = [
  ...[/NotifiersEmail/, /News/, /Statuses/].map((target): Scene => ({
    name: `an event that EventBridge cannot deliver to ${target.source}`,
    play: async (shop, orderId) => {
      refuseDeliveries(shop, 'events.amazonaws.com', isTo(target));
      await complete(shop, orderId);
    },
  })),
  {
    name: 'an order that EventBridge cannot deliver to the intake',
    play: async (shop, orderId) => {
      refuseDeliveries(shop, 'events.amazonaws.com', isTo(/IntakesEvent/));
      await shop.call('events', 'PutEvents', { Entries: [{ Source: 'shop', DetailType: 'OrderPlaced', Detail: JSON.stringify(anOrder(orderId)) }] });
      await shop.settle();
    },
  },
  {
    name: 'an interruption that EventBridge cannot deliver to the sweeper',
    play: async (shop, orderId) => {
      refuseDeliveries(shop, 'events.amazonaws.com', isTo(/OrderSweeper/));
      shop.orders.stopAfter(orderId, 'ReserveInventory');
      await shop.orders.process(anOrder(orderId));
      await shop.orders.clock.advance(MINUTE);
    },
  },
  {
    name: 'alerts that SNS cannot deliver',
    play: async (shop, orderId) => {
      refuseDeliveries(shop, 'sns.amazonaws.com', isTo(/./));
      shop.orders.faults.state('CheckFraud').always().failsBeforeEffect();
      await complete(shop, orderId);
    },
  },
  {
    name: 'an alarm',
    play: async (shop) => {
      await shop.cloud.setAlarmState('Orders/StatusPublisher/DeadLetters/Alarm');
      await shop.orders.clock.advance(MINUTE);
    },
  },
];
