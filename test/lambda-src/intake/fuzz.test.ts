import fc from 'fast-check';
import { HttpRequest } from '../../support/intake-fixture';
import { ORDER } from '../../support/shop-fixture';
import { startIntakes } from '../../support/start-intakes';
import { BAD_ORDERS } from '../order/bad-orders';

const started = startIntakes();

const line = fc.record({
  productId: fc.constantFrom('prod-1', 'prod-2'), quantity: fc.integer({ min: 1, max: 3 }), cents: fc.integer({ min: 0, max: 100 }),
});
/** Orders as they should be, of which some have the same ids. */
const order = fc.record({
  orderId: fc.integer({ min: 1, max: 150 }), userId: fc.constantFrom('user-1', 'user-2'), lines: fc.array(line, { minLength: 1, maxLength: 2 }),
}).map(({ orderId, userId, lines }) => ({
  orderId: `order-${orderId}`,
  userId,
  items: lines.map(({ cents, ...item }) => ({ ...item, price: cents / 100 })),
  totalAmount: lines.reduce((sum, { cents, quantity }) => sum + cents * quantity, 0) / 100,
}));
/** Orders with one field that is something else, or too much. */
const spoilt = fc.tuple(order, fc.constantFrom('orderId', 'userId', 'items', 'totalAmount', 'currency', 'email', 'note'), fc.jsonValue())
  .map(([sound, field, value]) => ({ ...sound, [field]: value }));
const sendable = BAD_ORDERS.filter(([name]) => !/nested|64 KiB/.test(name)).map(([, sent]) => sent);
const body = fc.oneof(
  { weight: 2, arbitrary: order.map(value => JSON.stringify(value)) },
  { weight: 3, arbitrary: spoilt.map(value => JSON.stringify(value)) },
  { weight: 2, arbitrary: fc.json() },
  { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
  { weight: 1, arbitrary: order.map(value => JSON.stringify(value).slice(0, -1)) },
  { weight: 1, arbitrary: fc.constantFrom(...sendable).map(value => JSON.stringify(value) ?? '') },
  { weight: 1, arbitrary: fc.integer({ min: 65_000, max: 66_000 }).map(length => JSON.stringify(ORDER).padEnd(length)) },
);
const headers = fc.record({
  'content-type': fc.oneof({ weight: 9, arbitrary: fc.constant('application/json') }, { weight: 1, arbitrary: fc.string() }),
  'idempotency-key': fc.oneof({ weight: 5, arbitrary: fc.constantFrom('key-1', 'key-2') }, fc.string()),
}, { requiredKeys: ['content-type'] });
const request = fc.record({
  body: body, headers, event: fc.record({ isBase64Encoded: fc.constantFrom(false, false, false, true) }),
});

test('5,000 bodies of all kinds get 202 or 4xx, and only what got 202 was written', async () => {
  const fixture = await started.open();
  const accepted = new Set<string>();
  const statuses = new Set<number>();

  await fc.assert(fc.asyncProperty(request, async sent => {
    const isEncoded = sent.event.isBase64Encoded && sent.body.startsWith('{"orderId"');
    const encoded: HttpRequest = { ...sent, body: isEncoded ? Buffer.from(sent.body).toString('base64') : sent.body };
    const before = fixture.requests.sent.length;

    const { status, body: answer } = await fixture.request('POST /orders', encoded);

    statuses.add(status);
    if (status === 202) return void accepted.add(answer.orderId);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    // A conflict is found out by asking the tables, all else before.
    if (status !== 409) expect(fixture.requests.sent.slice(before)).toEqual([]);
  }), { numRuns: 5_000 });

  expect([...statuses].sort()).toEqual([202, 400, 409, 413, 415]);
  expect((await fixture.rows()).map(({ orderId }) => orderId)).toEqual([...accepted].sort());
  expect(started.stepFunctions.started.map(({ name }) => name).sort()).toEqual([...accepted].sort());
  expect(new Set((await fixture.locks()).map(({ status }) => status))).toEqual(new Set(['COMPLETED']));
  expect(new Set((await fixture.locks()).map(({ data }) => data.orderId))).toEqual(accepted);
}, 120_000);

test('500 messages of all kinds over WebSocket and queue never fail, and write what they accept', async () => {
  const fixture = await started.open();
  await fixture.connect('connection-1');
  const message = fc.oneof(body, fc.record({ action: fc.constant('submitOrder'), order: fc.oneof(order, spoilt) }).map(value => JSON.stringify(value)));
  const accepted = new Set<string>();

  await fc.assert(fc.asyncProperty(message, async text => {
    const answer = await fixture.sendMessage('connection-1', text, { maxSubscriptions: 1_000 });
    if (answer.type === 'order.accepted') accepted.add(answer.orderId);
    else expect(answer).toMatchObject({ type: 'error', code: expect.stringMatching(/^(bad-request|conflict|message-too-large)$/) });
  }), { numRuns: 500 });

  expect((await fixture.rows()).map(({ orderId }) => orderId)).toEqual([...accepted].sort());
}, 60_000);
