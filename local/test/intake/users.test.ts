import { Stack } from 'aws-cdk-lib';
import { HttpJwtAuthorizer, WebSocketLambdaAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { IntakeFixture } from './intake-fixture';
import { AwaitApproval, ReserveInventory, ValidateOrder, WebSocketIntake } from '../../../src';
import { inlineFunction, order } from '../saga/saga-fixture';

const ISSUER = 'https://issuer.example';

/** An authorizer that allows any name. */
function named(stack: Stack): WebSocketLambdaAuthorizer {
  const handler = inlineFunction(stack, 'Names', `return {
    principalId: event.queryStringParameters.user,
    policyDocument: { Statement: [{ Effect: 'Allow', Action: 'execute-api:Invoke', Resource: event.methodArn }] },
  };`);
  return new WebSocketLambdaAuthorizer('Names', handler, { identitySource: ['route.request.querystring.user'] });
}

/** The headers of a caller whose token has these claims. */
function as(sub: string, claims: object = {}): { authorization: string } {
  const payload = Buffer.from(JSON.stringify({ iss: ISSUER, aud: 'orders', sub, ...claims })).toString('base64url');
  return { authorization: `Bearer x.${payload}.x` };
}

const { userId: _nobody, ...unsigned } = order('x') as { userId: string; orderId: string };
const mine = (orderId: string) => ({ ...unsigned, orderId });

let intake: IntakeFixture;
beforeAll(async () => {
  intake = await IntakeFixture.open({
    http: { authorizer: new HttpJwtAuthorizer('Jwt', ISSUER, { jwtAudience: ['orders'] }), deciderClaim: 'role=approver' },
    intakes: () => [new WebSocketIntake()],
    workflow: (stack) => ({
      statusFeed: { authorizer: named(stack) }, steps: [new ValidateOrder(), new ReserveInventory(), new AwaitApproval()],
    }),
  });
});
afterAll(() => intake.close());

test('the caller is the subject of the token: the order is theirs, and a request without a token is refused', async () => {
  const reply = await intake.post(mine('anns'), as('ann'));

  expect(reply.status).toBe(202);
  expect(reply.body).not.toHaveProperty('watchToken');
  expect(await intake.orders.order('anns')).toMatchObject({ userId: 'ann' });
  expect((await intake.post(mine('nobodys'), {})).status).toBe(401);
  expect((await intake.post(mine('nobodys'), as(''))).status).toBe(403);
  expect(await intake.orders.order('nobodys')).toBeUndefined();
});

test('a user cannot order for another user', async () => {
  const reply = await intake.post({ ...mine('for-ann'), userId: 'ann' }, as('bob'));
  const eve = await intake.connect('?user=eve');
  const answer = await eve.submit({ ...mine('for-ann'), userId: 'ann' });

  expect(reply).toMatchObject({ status: 403, body: { type: 'urn:problem-type:forbidden' } });
  expect(answer).toMatchObject({ type: 'error', code: 'forbidden' });
  expect(await intake.orders.order('for-ann')).toBeUndefined();
});

test('a user cannot read, watch, cancel or take over an order of another user, nor see that it exists', async () => {
  await intake.post(mine('secret'), as('ann'));
  const eve = await intake.connect('?user=eve');
  const tries = async (orderId: string) => Promise.all([
    intake.get(orderId, as('eve')),
    intake.request('GET', `/orders/${orderId}/history`, undefined, as('eve')),
    intake.cancel(orderId, as('eve')),
    intake.cancel(orderId, as('eve'), { watchToken: 'guessed' }),
  ]).then((replies) => replies.map(({ status, body }) => [status, body]));

  expect(await tries('secret')).toEqual(await tries('not-there'));
  expect((await tries('secret')).map(([status]) => status)).toEqual([404, 404, 404, 404]);
  expect(await eve.watch('secret', undefined)).toBe('error');
  expect(await eve.request({ action: 'cancelOrder', orderId: 'secret' }, 'order.cancelling')).toMatchObject({ type: 'error', code: 'not-found' });
  expect((await intake.post(mine('secret'), as('eve'))).status).toBe(409);
  expect(await intake.orders.order('secret')).toMatchObject({ userId: 'ann', status: 'PENDING_APPROVAL' });
  expect(await intake.orders.order('secret')).not.toHaveProperty('cancelRequestedAt');
});

test('orders of two users under the same idempotency key do not meet', async () => {
  const { orderId: _none, ...anonymous } = unsigned;
  const key = { 'idempotency-key': 'key-1' };

  const replies = await Promise.all(['ann', 'bob', 'ann', 'bob'].map((user) => intake.post(anonymous, { ...as(user), ...key })));
  const [ann, bob, annAgain, bobAgain] = replies.map(({ body }) => String(body.orderId));

  expect(replies.map(({ status }) => status)).toEqual([202, 202, 202, 202]);
  expect([annAgain, bobAgain]).toEqual([ann, bob]);
  expect(ann).not.toBe(bob);
  expect(await intake.orders.order(ann)).toMatchObject({ userId: 'ann' });
  expect(await intake.orders.order(bob)).toMatchObject({ userId: 'bob' });
  expect((await intake.post({ ...anonymous, email: 'ann@shop.example' }, { ...as('ann'), ...key })).status).toBe(409);
});

test('a caller with the claim decides on any order; the customer does not', async () => {
  await intake.post(mine('to-decide'), as('ann'));
  await intake.orders.reaches('to-decide', 'PENDING_APPROVAL');
  const refused = await Promise.all([
    as('ann'), as('bob', { role: 'approver2' }), as('bob', { role: ['customer', 'x-approver'] }), as('bob', { roles: 'approver' }),
    as('bob', { role: ['not approver'] }), as('bob', { role: ['auditor', 'approver'] }),
  ].map((headers) => intake.decide('to-decide', { approved: true }, headers)));
  const unknown = await intake.decide('not-there', { approved: true }, as('jo', { role: 'approver' }));
  const accepted = await intake.decide('to-decide', { approved: true }, as('jo', { role: ['approver'] }));

  expect(refused.map(({ status }) => status)).toEqual(Array(6).fill(403));
  expect(unknown.status).toBe(404);
  expect(accepted).toMatchObject({ status: 202, body: { orderId: 'to-decide', status: 'APPROVED' } });
  expect(await intake.orders.outcome('to-decide')).toMatchObject({ status: 'COMPLETED', order: { results: { AwaitApproval: { decidedBy: 'jo' } } } });
});

test('the order is watched, read and cancelled by the user who placed it, over HTTP and WebSocket', async () => {
  const ann = await intake.connect('?user=ann');
  expect(await ann.submit(mine('by-socket'))).toMatchObject({ type: 'order.accepted', subscribed: true });
  await intake.orders.reaches('by-socket', 'PENDING_APPROVAL');

  expect((await intake.get('by-socket', as('ann'))).body).toMatchObject({ orderId: 'by-socket', status: 'PENDING_APPROVAL' });
  expect((await intake.cancel('by-socket', as('ann'))).status).toBe(202);
  expect((await intake.orders.outcome('by-socket')).status).toBe('CANCELLED');
  await ann.next(({ type, status }) => type === 'order.status' && status === 'CANCELLED');
});
