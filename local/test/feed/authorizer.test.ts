import { WebSocketLambdaAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { anOrder, FeedFixture } from './feed-fixture';
import { WebSocketClient } from './web-socket-client';
import { inlineFunction } from '../saga/saga-fixture';

let shop: FeedFixture;

beforeAll(async () => {
  shop = await FeedFixture.open((stack) => ({
    statusFeed: {
      authorizer: new WebSocketLambdaAuthorizer('Users', inlineFunction(stack, 'Users', `return {
        principalId: event.queryStringParameters.user,
        policyDocument: { Statement: [{ Effect: 'Allow', Action: 'execute-api:Invoke', Resource: event.methodArn }] },
      };`), { identitySource: ['route.request.querystring.user'] }),
    },
  }));
  await shop.receive(anOrder('order-of-ann'));
});

afterAll(() => shop?.close());

test('a client that connects as the customer watches the customer’s orders without a token; any other gets not-found', async () => {
  const [ann, eve] = await Promise.all([WebSocketClient.connect(shop, '?user=ann'), WebSocketClient.connect(shop, '?user=eve')]);

  expect(await ann.subscribe('order-of-ann')).toMatchObject({ type: 'order.status', status: 'RECEIVED' });
  await eve.subscribe('order-of-ann', shop.token('order-of-ann', 'guessed'));
  await eve.subscribe('missing-order');
  expect(eve.received[0].replace('order-of-ann', '')).toBe(eve.received[1].replace('missing-order', ''));

  await shop.orders.process(anOrder('order-of-ann'));
  await ann.receives('order-of-ann', 'COMPLETED');
  await eve.request({ action: 'ping' });
  expect(eve.statuses).toEqual([]);
});

test('a client without an identity cannot connect', async () => {
  await expect(WebSocketClient.connect(shop)).rejects.toThrow('401');
});
