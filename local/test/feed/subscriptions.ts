import { FeedFixture } from './feed-fixture';
import { JsonObject } from '../../src';
import { ServiceError } from '../../src/services/service-error';
import { ownCall } from '../../src/testkit/own-call';

/** The connections that are subscribed to these orders in the table. */
export async function subscriptions(shop: FeedFixture, ...orderIds: string[]): Promise<string[]> {
  const found = await Promise.all(orderIds.map((orderId) => ownCall(shop.cloud.calls, 'dynamodb', 'Query', {
    TableName: shop.resource('AWS::DynamoDB::Table', 'Connections'),
    KeyConditionExpression: 'orderId = :orderId',
    ExpressionAttributeValues: { ':orderId': { S: orderId } },
    ConsistentRead: true,
  })));
  return found.flatMap(({ Items }) => (Items as JsonObject[]).map(({ connectionId }) => String((connectionId as JsonObject).S)));
}

/** From now on, API Gateway fails for one connection. Returns how to end that. */
export function failsFor({ cloud }: FeedFixture, connectionId: string): () => void {
  cloud.calls.interceptWith(async (call, perform) => {
    if (call.operation === 'PostToConnection' && call.input.ConnectionId === connectionId) {
      throw new ServiceError('InternalServerError', 'an injected fault', 500);
    }
    return cloud.faults.intercept(call, perform);
  });
  return () => cloud.calls.interceptWith((call, perform) => cloud.faults.intercept(call, perform));
}
