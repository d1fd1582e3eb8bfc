import { CorsHttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import fc from 'fast-check';
import { IntakeFixture, Reply } from './intake-fixture';
import { order } from '../saga/saga-fixture';

const ORIGIN = 'https://shop.example';
const FUZZ_MS = 12_000;
const ONE_IN_FLIGHT = 8;

let intake: IntakeFixture;
beforeAll(async () => {
  intake = await IntakeFixture.open({
    http: { openToAll: true, cors: { allowOrigins: [ORIGIN], allowMethods: [CorsHttpMethod.POST], allowHeaders: ['content-type', 'idempotency-key'] } },
  });
});
afterAll(() => intake.close());

test('an order of an intake that is open to all is read and cancelled with its token only, and cannot be decided', async () => {
  const { body } = await intake.post(order('open'), {});
  const token = String(body.watchToken);
  const other = String((await intake.post(order('other'), {})).body.watchToken);

  expect((await Promise.all([
    intake.get('open', {}), intake.get('open', { 'x-watch-token': other }), intake.get('open', { 'x-watch-token': token }),
    intake.cancel('open', {}), intake.cancel('open', {}, { watchToken: other }), intake.decide('open', { approved: true }, {}),
  ])).map(({ status }) => status)).toEqual([404, 404, 200, 404, 404, 403]);
  expect([202, 409]).toContain((await intake.cancel('open', {}, { watchToken: token })).status);
});

test('a browser of the web site that is named may call, another may not', async () => {
  const preflight = async (origin: string) => fetch(`${intake.cloud.outputs.HttpUrl}/orders`, {
    method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST' },
  });
  const reply = await intake.post(order('from-browser'), { origin: ORIGIN });

  expect((await preflight(ORIGIN)).headers.get('access-control-allow-origin')).toBe(ORIGIN);
  expect((await preflight('https://evil.example')).headers.get('access-control-allow-origin')).toBeNull();
  expect(reply.headers.get('access-control-allow-origin')).toBe(ORIGIN);
});

test.each<[number, string, () => Promise<Reply>]>([
  [400, 'invalid', () => intake.post({ ...order('wrong') as object, items: [], currency: 7 }, {})],
  [400, 'invalid', () => intake.post('{', {})],
  [404, 'not-found', () => intake.get('not-there', {})],
  [409, 'conflict', async () => intake.post(order('taken'), {}).then(() => intake.post(order('taken', 'bob'), {}))],
  [413, 'too-large', () => intake.post({ note: 'x'.repeat(64 * 1024) }, {})],
  [415, 'unsupported-media-type', () => intake.post(order('plain'), { 'content-type': 'text/plain' })],
])('an error is a problem document: %i %s', async (status, kind, send) => {
  const reply = await send();

  expect(reply).toMatchObject({
    status, type: 'application/problem+json', body: { type: `urn:problem-type:${kind}`, title: expect.any(String), status, detail: expect.any(String) },
  });
  expect(Array.isArray(reply.body.errors)).toBe(kind === 'invalid');
});

describe('whatever is sent', () => {
  const good = order('x') as Record<string, unknown>;
  const junk = fc.oneof(fc.anything({ maxDepth: 2 }), fc.constantFrom(null, '', -1, 1e308, 0.001, '__proto__', [], {}));
  const changed = fc.tuple(fc.constantFrom(...Object.keys(good)), junk).map(([field, value]) => ({ ...good, [field]: value }));
  const changedLine = fc.tuple(fc.constantFrom('productId', 'quantity', 'price'), junk)
    .map(([field, value]) => ({ ...good, items: [{ ...(good.items as object[])[0], [field]: value }] }));
  const more = fc.dictionary(fc.string(), junk, { maxKeys: 3 }).map((fields) => ({ ...fields, ...good }));
  const bodies = fc.oneof(changed, changedLine, more, junk).map((body) => {
    try {
      return JSON.stringify(body) ?? '';
    } catch {
      return 'no JSON';
    }
  });

  test('is accepted or refused, never an internal error, and nothing is written of what is refused', async () => {
    const until = performance.now() + FUZZ_MS;
    const writes = () => intake.calls.filter(({ service, operation, caller }) =>
      service === 'dynamodb' && operation === 'PutItem' && caller.name.includes('IntakesHttp')).length;
    const statuses: number[] = [];
    const taken = new Set((await intake.rows()).map(({ orderId }) => orderId));
    let number = 0;
    while (performance.now() < until) {
      const some = fc.sample(bodies, { numRuns: ONE_IN_FLIGHT, seed: number++ });
      const before = writes();
      const replies = await Promise.all(some.map((body) => intake.request('POST', '/orders', body, { 'content-type': 'application/json' })));
      const codes = replies.map(({ status }) => status);
      statuses.push(...codes);
      replies.filter(({ status }) => status === 202).forEach(({ body }) => taken.add(body.orderId));
      if (!codes.includes(202) && !codes.includes(409)) {
        expect([writes() - before, some]).toEqual([0, some]);
      }
    }

    expect(statuses.filter((status) => status !== 202 && (status < 400 || status > 499))).toEqual([]);
    expect(statuses.length).toBeGreaterThan(200);
    expect(new Set(statuses)).toEqual(new Set([202, 400, 409]));
    expect(new Set((await intake.rows()).map(({ orderId }) => orderId))).toEqual(taken);
    expect(intake.cloud.executions.all().filter(({ name }) => !taken.has(name))).toEqual([]);
  }, 40_000);
});
