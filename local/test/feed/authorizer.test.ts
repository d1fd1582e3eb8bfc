import { WebSocketLambdaAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { anOrder, FeedFixture } from './feed-fixture';
import { Socket } from './web-socket-client';
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

test('who connects as the customer watches the customer’s orders, without a token; anybody else hears that there is no such order', async () => {
  const [ann, eve] = await Promise.all([Socket.connect(shop, '?user=ann'), Socket.connect(shop, '?user=eve')]);

  expect(await ann.subscribe('order-of-ann')).toMatchObject({ type: 'order.status', status: 'RECEIVED' });
  await eve.subscribe('order-of-ann', shop.token('order-of-ann', 'guessed'));
  await eve.subscribe('order-of-nobody');
  expect(eve.heard[0].replace('order-of-ann', '')).toBe(eve.heard[1].replace('order-of-nobody', ''));

  await shop.orders.process(anOrder('order-of-ann'));
  await ann.hears('order-of-ann', 'COMPLETED');
  await eve.ask({ action: 'ping' });
  expect(eve.statuses).toEqual([]);
});

test('who does not say who he is cannot connect', async () => {
  await expect(Socket.connect(shop)).rejects.toThrow('401');
});
