import { anOrder, MINUTE, Scene } from './scene';
import { ServiceError } from '../../../src/services/service-error';
import { IntakeFixture } from '../../intake/intake-fixture';

/** From now on API Gateway fails for every connection, or knows none of them. */
function failsToSend({ cloud }: IntakeFixture, error: ServiceError): () => void {
  cloud.calls.interceptWith(async (call, perform) => {
    if (call.operation === 'PostToConnection') {
      throw error;
    }
    return cloud.faults.intercept(call, perform);
  });
  return () => cloud.calls.interceptWith((call, perform) => cloud.faults.intercept(call, perform));
}

export const FEED: readonly Scene[] = [
  {
    name: 'a status that could not be sent, and the redrive',
    play: async (shop) => {
      const client = await shop.connect();
      const { watchToken } = await client.submit(anOrder('undelivered'));
      await client.watch('undelivered', watchToken);
      const recover = failsToSend(shop, new ServiceError('InternalServerError', 'an injected fault', 500));
      await shop.orders.outcome('undelivered');
      await shop.orders.clock.advance(MINUTE);
      recover();
      await shop.orders.invoke('Orders/StatusFeed/RedriveFunction', { max: 10 });
    },
  },
  {
    name: 'a connection that is gone',
    play: async (shop) => {
      const client = await shop.connect();
      const { watchToken } = await client.submit(anOrder('gone'));
      await client.watch('gone', watchToken);
      failsToSend(shop, new ServiceError('GoneException', 'an injected fault', 410));
      await shop.orders.outcome('gone');
      await shop.orders.clock.advance(MINUTE);
    },
  },
  {
    name: 'a connection that is gone at the redrive',
    play: async (shop) => {
      const client = await shop.connect();
      const { watchToken } = await client.submit(anOrder('left'));
      await client.watch('left', watchToken);
      failsToSend(shop, new ServiceError('InternalServerError', 'an injected fault', 500));
      await shop.orders.outcome('left');
      await shop.orders.clock.advance(MINUTE);
      failsToSend(shop, new ServiceError('GoneException', 'an injected fault', 410));
      await shop.orders.invoke('Orders/StatusFeed/RedriveFunction', { max: 10 });
    },
  },
];
