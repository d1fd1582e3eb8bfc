import { OPEN, TOKEN_VALIDITY_SECONDS, advance } from '../../support/intake-fixture';
import { ORDER } from '../../support/shop-fixture';
import { startIntakes } from '../../support/start-intakes';

const started = startIntakes();
const { orderId } = ORDER;

describe('an order without a user', () => {
  const ROUTES = ['GET /orders/{orderId}', 'GET /orders/{orderId}/history', 'POST /orders/{orderId}/cancel'];

  test.each(ROUTES)('is not found by a caller without a user and a token: %s', async route => {
    const fixture = await started.open({ rules: OPEN });
    await fixture.shop.putOrder({ status: 'INVALID' });
    await fixture.shop.alterOrder(orderId, { userId: undefined });
    const before = await fixture.snapshot();

    expect(await fixture.request(route, { orderId, authorizer: {} })).toMatchObject({ status: 404 });
    expect(await fixture.snapshot()).toEqual(before);
  });

  test('is not cancelled over WebSocket by a connection without a principal', async () => {
    const fixture = await started.open();
    await fixture.connect('guest');
    await fixture.shop.putOrder({});
    await fixture.shop.alterOrder(orderId, { userId: undefined });

    expect(await fixture.sendMessage('guest', { action: 'cancelOrder', orderId })).toMatchObject({ type: 'error', code: 'not-found' });
    expect(await fixture.shop.row()).not.toHaveProperty('cancelRequestedAt');
  });
});

test('an order without a creation time has no valid token', async () => {
  const fixture = await started.open({ rules: OPEN });
  const { watchToken } = (await fixture.postOrder(ORDER, { authorizer: {} })).body;
  await fixture.shop.alterOrder(orderId, { createdAt: undefined });

  const reply = await fixture.request('GET /orders/{orderId}', { orderId, authorizer: {}, headers: { 'x-watch-token': watchToken } });

  expect(reply).toMatchObject({ status: 404 });
});

test('a token is valid up to its last millisecond', async () => {
  const fixture = await started.open({ rules: OPEN });
  const { watchToken } = (await fixture.postOrder(ORDER, { authorizer: {} })).body;
  const read = async () => fixture.request('GET /orders/{orderId}', { orderId, authorizer: {}, headers: { 'x-watch-token': watchToken } });

  advance(TOKEN_VALIDITY_SECONDS * 1_000 - 1);
  expect(await read()).toMatchObject({ status: 200 });
  advance(1);
  expect(await read()).toMatchObject({ status: 404 });
});
