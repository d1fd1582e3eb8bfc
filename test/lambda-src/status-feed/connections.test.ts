import { ATTEMPTS } from '../../../lambda-src/dynamodb/contention';
import { isOrderId } from '../../../lambda-src/order/order-contract';
import { connectionKey } from '../../../lambda-src/status-feed/connections';
import { REFUSED, principalOf } from '../../../lambda-src/status-feed/principal';
import { tidy } from '../../../lambda-src/status-feed/tidy';
import { AwsServices } from '../../support/aws-services';
import { Engine, startEngine } from '../../support/dynoxide';
import { FeedFixture, NOW } from '../../support/feed-fixture';
import { answers, refusedWith } from '../../support/request-faults';
import { AT } from '../../support/shop-fixture';

let engine: Engine;
let services: AwsServices;
let feed: FeedFixture;
beforeAll(async () => { [engine, services] = await Promise.all([startEngine(), AwsServices.start()]); });
afterAll(async () => Promise.all([engine.stop(), services.stop()]));
beforeEach(async () => { feed = await FeedFixture.open(engine, services); });

describe('a connection', () => {
  test('is stored with its principal, until after the time at which API Gateway ends it', async () => {
    await feed.connections.open('ann=', 'user-1', NOW);

    expect(await feed.connectionItems()).toEqual([{
      orderId: '$connection/ann=',
      connectionId: 'ann=',
      principal: 'user-1',
      connectedAt: new Date(NOW).toISOString(),
      subscriptions: 0,
      expiresAt: Date.parse(AT) / 1_000 + 60 + 2 * 3_600 + 900,
    }]);
  });

  test('stands under a name that is no order\'s', () => {
    expect(isOrderId(connectionKey('ann').orderId)).toBe(false);
  });

  test('that is opened twice keeps its subscriptions', async () => {
    await feed.subscribe('order-1', 'ann');
    await feed.connections.open('ann', 'user-1', NOW);
    expect(await feed.connections.find('ann')).toMatchObject({ subscriptions: 1 });
  });

  test('is deleted with all its subscriptions, its own item first, and no other connection is', async () => {
    const orders = Array.from({ length: 60 }, (_, index) => `order-${index}`);
    for (const orderId of orders) await feed.subscribe(orderId, 'ann');
    await feed.subscribe('order-1', 'bob');
    const start = feed.shop.requests.sent.length;

    await feed.connections.forget('ann');

    expect((await feed.connectionItems()).map(({ orderId, connectionId }) => [orderId, connectionId])).toEqual([
      ['$connection/bob', 'bob'], ['order-1', 'bob'],
    ]);
    const { sent, inputs } = feed.shop.requests;
    expect(sent.slice(start, start + 2)).toEqual(['BatchWriteItem', 'Query']);
    expect(inputs[start].RequestItems[feed.connectionsTable]).toEqual([
      { DeleteRequest: { Key: { orderId: { S: '$connection/ann' }, connectionId: { S: 'ann' } } } },
    ]);
    expect(inputs[start + 1]).toMatchObject({ IndexName: 'by-connection', ConsistentRead: false });
  });

  test('that is unknown can be deleted', async () => {
    await feed.connections.forget('unknown');
    expect(await feed.connectionItems()).toEqual([]);
  });
});

describe('what DynamoDB does not delete at once', () => {
  const left = () => answers(200, {
    UnprocessedItems: {
      [feed.connectionsTable]: [{ DeleteRequest: { Key: { orderId: { S: '$connection/ann' }, connectionId: { S: 'ann' } } } }],
    },
  });

  test('is deleted a moment later', async () => {
    await feed.connections.open('ann', undefined, NOW);
    feed.shop.requests.next('BatchWriteItem', left());

    await feed.connections.forget('ann');

    expect(await feed.connectionItems()).toEqual([]);
    expect(feed.shop.pauses).toEqual([12.5]);
  });

  test('is not tried for ever', async () => {
    feed.shop.requests.next('BatchWriteItem', ...Array.from({ length: ATTEMPTS }, left));
    await expect(feed.connections.forget('ann')).rejects.toMatchObject({
      name: 'ServiceUnavailable', message: expect.stringContaining('1 items of connections-'),
    });
  });

  test('is tried again after a throttle', async () => {
    await feed.connections.open('ann', undefined, NOW);
    feed.shop.requests.next('BatchWriteItem', refusedWith('ThrottlingException'));
    await feed.connections.forget('ann');
    expect(await feed.connectionItems()).toEqual([]);
  });
});

test('when many leave at once, ten are deleted at a time', async () => {
  let inside = 0;
  let most = 0;
  await Promise.all(Array.from({ length: 30 }, async () => tidy('not deleted', 'ann', async () => {
    most = Math.max(most, ++inside);
    await feed.connections.find('ann');
    inside--;
  })));
  expect(most).toBe(10);
});

describe('the principal of a connection', () => {
  const connectionId = 'ann';
  const userArn = 'arn:aws:iam::111122223333:user/backends/ann';
  const session = 'arn:aws:sts::111122223333:assumed-role/Shop/ann';
  // $context.identity.cognitoIdentityId of WebSocket APIs:
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-mapping-template-reference.html.
  // The session name of all users of an identity pool: https://docs.aws.amazon.com/cognito/latest/developerguide/authentication-flow.html.
  const [ann, eve] = ['eu-west-1:0000-ann', 'eu-west-1:0000-eve'].map(cognitoIdentityId =>
    ({ cognitoIdentityId, userArn: 'arn:aws:sts::111122223333:assumed-role/Customers/CognitoIdentityCredentials' }));
  test.each([
    ['the one of the authorizer', { authorizer: { principalId: 'user-1' }, identity: { userArn } }, 'user-1'],
    ['the IAM user', { identity: { userArn, cognitoIdentityId: null } }, userArn],
    ['the root user', { identity: { userArn: 'arn:aws:iam::111122223333:root' } }, 'arn:aws:iam::111122223333:root'],
    ['the identity of a user of an identity pool', { identity: ann }, ann.cognitoIdentityId],
    ['another one for another user of the pool', { identity: eve }, eve.cognitoIdentityId],
    ['refused for a session, whose name the caller chose', { identity: { userArn: session } }, REFUSED],
    ['refused for a federated user, whose name the caller chose', { identity: { userArn: 'arn:aws:sts::111122223333:federated-user/ann' } }, REFUSED],
    ['undefined without an authorizer', { identity: { sourceIp: '192.0.2.1', userArn: null } }, undefined],
    ['undefined without an identity', {}, undefined],
    ['undefined if the authorizer returns an empty one', { authorizer: { principalId: '' }, identity: null }, undefined],
    ['undefined if it is no text', { authorizer: { principalId: { sub: 'user-1' } } }, undefined],
  ])('is %s', (_, context, principal) => {
    expect(principalOf({ connectionId, ...context }, [])).toBe(principal);
  });

  test.each([
    ['a role that is admitted', 'arn:aws:iam::111122223333:role/Shop', session],
    ['a role that is admitted by an ARN with a path', 'arn:aws:iam::111122223333:role/service/team/Shop', session],
    ['another role', 'arn:aws:iam::111122223333:role/Shopping', REFUSED],
    ['a role of the same name in another account', 'arn:aws:iam::444455556666:role/Shop', REFUSED],
    ['a role whose path has the name', 'arn:aws:iam::111122223333:role/Shop/Other', REFUSED],
  ])('of a session of %s is what it has to be', (_, role, principal) => {
    expect(principalOf({ connectionId, identity: { userArn: session } }, ['arn:aws:iam::111122223333:role/First', role])).toBe(principal);
  });
});
