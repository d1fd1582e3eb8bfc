import { aLargeOrder, anOrder, MINUTE, Scene } from './scene';
import { ServiceError } from '../../../src/services/service-error';
import { FeedClient } from '../../intake/feed-client';
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

/** Lets the subscriptions to an order expire, which DynamoDB deletes later. */
async function expire(shop: IntakeFixture, orderId: string): Promise<void> {
  const subscriptions = (await shop.rows('Connections')).filter((row) => row.orderId === orderId);
  await Promise.all(subscriptions.map(({ connectionId }) => shop.call('dynamodb', 'UpdateItem', {
    TableName: shop.resource('AWS::DynamoDB::Table', /Connections/),
    Key: { orderId: { S: orderId }, connectionId: { S: String(connectionId) } },
    UpdateExpression: 'SET expiresAt = :past',
    ExpressionAttributeValues: { ':past': { N: '1' } },
  })));
}

/** A client that submits an order and watches it. */
async function watch(shop: IntakeFixture, order: { orderId: string }): Promise<FeedClient> {
  const client = await shop.connect();
  const { watchToken } = await client.submit(order);
  await client.watch(order.orderId, watchToken);
  return client;
}

export const FEED: readonly Scene[] = [
  {
    name: 'a status that could not be sent, and the redrive',
    play: async (shop, orderId) => {
      await watch(shop, anOrder(orderId));
      const recover = failsToSend(shop, new ServiceError('InternalServerError', 'an injected fault', 500));
      await shop.orders.outcome(orderId);
      await shop.orders.clock.advance(MINUTE);
      recover();
      await shop.orders.invoke('Orders/StatusFeed/RedriveFunction', { max: 10 });
    },
  },
  {
    name: 'a connection that is gone',
    play: async (shop, orderId) => {
      await watch(shop, anOrder(orderId));
      failsToSend(shop, new ServiceError('GoneException', 'an injected fault', 410));
      await shop.orders.outcome(orderId);
      await shop.orders.clock.advance(MINUTE);
    },
  },
  {
    name: 'a connection that is gone at the redrive',
    play: async (shop, orderId) => {
      await watch(shop, anOrder(orderId));
      failsToSend(shop, new ServiceError('InternalServerError', 'an injected fault', 500));
      await shop.orders.outcome(orderId);
      await shop.orders.clock.advance(MINUTE);
      failsToSend(shop, new ServiceError('GoneException', 'an injected fault', 410));
      await shop.orders.invoke('Orders/StatusFeed/RedriveFunction', { max: 10 });
    },
  },
  {
    name: 'a subscription that has expired',
    play: async (shop, orderId) => {
      await watch(shop, aLargeOrder(orderId));
      await shop.orders.reaches(orderId, 'PENDING_APPROVAL');
      await expire(shop, orderId);
      await shop.decide(orderId, { approved: true });
      await shop.orders.outcome(orderId);
      await shop.orders.clock.advance(MINUTE);
    },
  },
  {
    name: 'a connection that the client closes',
    play: async (shop, orderId) => {
      const client = await watch(shop, aLargeOrder(orderId));
      const disconnected = new Promise<void>((resolve) => shop.cloud.calls.observe(({ operation, input }) => {
        if (operation === 'Invoke' && String(input.Payload).includes('DISCONNECT')) resolve();
      }));
      client.close();
      await disconnected;
      await shop.settle();
    },
  },
];
