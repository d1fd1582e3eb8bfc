import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Ajv from 'ajv/dist/2020';
import { openApi } from '../../../lambda-src/intake/openapi';
import { parseOrder } from '../../../lambda-src/order/parse-order';
import { HttpRequest, IntakeFixture } from '../../support/intake-fixture';
import { refusedWith } from '../../support/request-faults';
import { AT, LATER, ORDER } from '../../support/shop-fixture';
import { startIntakes } from '../../support/start-intakes';
import { BAD_ORDERS } from '../order/bad-orders';

interface Operation {
  readonly responses: Record<string, { readonly content: Record<string, { readonly schema: { readonly $ref: string } }> }>;
}

const started = startIntakes();
let fixture: IntakeFixture;
beforeEach(async () => {
  fixture = await started.open();
  await fixture.shop.putOrder(WAITING_ORDER);
  started.stepFunctions.waiting.add('token-1');
});

const document = JSON.parse(JSON.stringify(openApi()));
const ajv = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: true });
ajv.addSchema({ $id: 'api', ...document });
const schemaAt = (pointer: string) => ajv.getSchema(`api${pointer}`)!;

const WAITING = { step: 'AwaitApproval', token: 'token-1', until: LATER, accepted: 'APPROVED', rejected: 'NOT_APPROVED' };
const WAITING_ORDER = { orderId: 'order-2', status: 'PENDING_APPROVAL', reason: 'a reason', cancelRequestedAt: AT, waiting: WAITING };

const [PLACE, READ, HISTORY, CANCEL, DECIDE] = [
  'POST /orders', 'GET /orders/{orderId}', 'GET /orders/{orderId}/history', 'POST /orders/{orderId}/cancel', 'POST /orders/{orderId}/decision',
];
const FORM = { 'content-type': 'text/plain' };
const HUGE = { note: 'x'.repeat(64 * 1024) };
const approved = { approved: true };

/** One request for each status that a route has, beside those that all routes have. */
const EXCHANGES: ReadonlyArray<readonly [route: string, status: number, request: HttpRequest]> = [
  [PLACE, 202, { body: ORDER }],
  [PLACE, 400, { body: {} }],
  [PLACE, 409, { body: { ...ORDER, orderId: 'order-2', email: 'other@shop.example' } }],
  [PLACE, 413, { body: HUGE }],
  [PLACE, 415, { body: 'x', headers: FORM }],
  [READ, 200, { orderId: 'order-2' }],
  [READ, 404, { orderId: 'order-9' }],
  [HISTORY, 200, { orderId: 'order-2' }],
  [HISTORY, 404, { orderId: 'order-9' }],
  [CANCEL, 202, { orderId: 'order-2' }],
  [CANCEL, 400, { orderId: 'order-2', body: { watchToken: 1 } }],
  [CANCEL, 404, { orderId: 'order-9' }],
  [CANCEL, 409, { orderId: 'order-3' }],
  [CANCEL, 413, { orderId: 'order-2', body: HUGE }],
  [CANCEL, 415, { orderId: 'order-2', body: 'x', headers: FORM }],
  [DECIDE, 202, { orderId: 'order-2', body: approved }],
  [DECIDE, 400, { orderId: 'order-2', body: {} }],
  [DECIDE, 404, { orderId: 'order-9', body: approved }],
  [DECIDE, 409, { orderId: 'order-3', body: approved }],
  [DECIDE, 413, { orderId: 'order-2', body: HUGE }],
  [DECIDE, 415, { orderId: 'order-2', body: 'x', headers: FORM }],
];
/** What goes wrong on the way to the database, and what a client hears of it on any route. */
const FAULTS = { 429: 'ThrottlingException', 500: 'ResourceNotFoundException', 503: 'InternalServerError' } as const;

function operationOf(route: string): Operation {
  const [method, path] = route.split(' ');
  return document.paths[path][method.toLowerCase()];
}

async function exchange(route: string, status: number, request: HttpRequest): Promise<void> {
  const { status: actual, headers, body } = await fixture.request(route, request);
  expect(actual).toBe(status);
  const [media] = Object.entries(operationOf(route).responses[status].content);
  expect(headers['content-type']).toBe(media[0]);
  const check = schemaAt(media[1].schema.$ref);
  expect([check(body), check.errors]).toEqual([true, null]);
}

describe('the description of the API', () => {
  test.each(EXCHANGES)('describes the response of %s with %i', async (route, status, request) => {
    await fixture.shop.putOrder({ orderId: 'order-3', status: 'FAILED', undo: { cause: 'failed', from: 'S', done: {} } });
    await exchange(route, status, request);
  });

  describe.each([PLACE, READ, HISTORY, CANCEL, DECIDE])('of %s', route => {
    const [, , request] = EXCHANGES.find(([each, status]) => each === route && status < 300)!;

    test('that a caller without permission is refused', async () => {
      await exchange(route, 403, { ...request, authorizer: {} });
    });

    test.each(Object.entries(FAULTS))('that trouble ends in %s', async (status, fault) => {
      for (const operation of ['GetItem', 'PutItem']) fixture.requests.next(operation, ...Array(8).fill(refusedWith(fault)));
      await exchange(route, Number(status), request);
    });

    test('no status that it does not have', () => {
      const shown = [403, ...Object.keys(FAULTS).map(Number), ...EXCHANGES.filter(([each]) => each === route).map(([, status]) => status)];
      expect(Object.keys(operationOf(route).responses).map(Number)).toEqual(shown.sort((a, b) => a - b));
    });
  });

  test('has the routes of the handler, and no others', () => {
    const routes = Object.entries<object>(document.paths).flatMap(([path, item]) =>
      Object.keys(item).filter(method => method !== 'parameters').map(method => `${method.toUpperCase()} ${path}`));
    expect(routes.sort()).toEqual([PLACE, READ, HISTORY, CANCEL, DECIDE].sort());
  });

  test('accepts every order that the handler accepts', () => {
    const isOrder = schemaAt('#/components/schemas/NewOrder');
    const items = Array.from({ length: 90 }, () => ({ productId: 'p\u{1F600}', quantity: 10_000, price: 0 }));
    for (const order of [ORDER, { ...ORDER, email: 'ann@shop.example', currency: 'KWD' }, { ...ORDER, items, totalAmount: 0, note: 1 }]) {
      expect(parseOrder(order, { currency: 'EUR' }).problems).toBeUndefined();
      expect([isOrder(order), isOrder.errors]).toEqual([true, null]);
    }
  });

  // A schema sees each field by itself, and an id or a user can come from elsewhere.
  const beyondSchemas = /left out|decimals|1e-7|cent too|does not exist|beyond what|name|64 KiB|nested|without end|not a number|nothing/;
  test.each(BAD_ORDERS.filter(([name]) => !beyondSchemas.test(name) || name === 'items left out'))('refuses %s as the handler does', (_, sent) => {
    expect(schemaAt('#/components/schemas/NewOrder')(sent)).toBe(false);
  });

  test('is written to the file that the build names', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'openapi-')), 'assets', 'openapi.json');
    const { argv } = process;
    process.argv = ['node', 'write-openapi', file];
    jest.isolateModules(() => { jest.requireActual('../../../lambda-src/intake/write-openapi'); });
    process.argv = argv;
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(document);
  });
});
