import { once } from 'node:events';
import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { Engine, startEngine } from '../../support/dynoxide';
import { readLogs } from '../../support/logs';
import { LATER, ORDER, RELEASE, ShopFixture, reserving, validating } from '../../support/shop-fixture';

type Entry = (event: unknown) => Promise<any>;

let engine: Engine;
let shop: ShopFixture;
let logs: string[];
const environment = process.env;
beforeAll(async () => { engine = await startEngine(); });
afterAll(async () => engine.stop());
beforeEach(async () => {
  logs = readLogs('INFO', 'ERROR');
  shop = await ShopFixture.open(engine);
  await shop.putProducts({ productId: 'prod-1', price: 29.99, stock: 5 });
});
afterEach(() => {
  process.env = environment;
  jest.restoreAllMocks();
});

/** The function as Lambda loads it: all it knows is its environment. */
function load(name: string, settings: Record<string, string | undefined> = {}): Entry {
  process.env = {
    ...environment,
    AWS_ENDPOINT_URL: engine.endpoint,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    ORDERS_TABLE: shop.ordersTable,
    PRODUCTS_TABLE: shop.productsTable,
    LEDGER_TABLE: shop.ledgerTable,
    ...settings,
  };
  let entry: Entry | undefined;
  jest.isolateModules(() => { ({ handler: entry } = jest.requireActual(`../../../lambda-src/steps/${name}.lambda`)); });
  return entry!;
}

describe('the functions, one after the other', () => {
  test('validate, reserve and release an order', async () => {
    const [validate, reserve, release] = [load('validate-order'), load('reserve-inventory'), load('release-inventory')];

    const valid = await validate({ order: ORDER, write: validating() });
    const reserved = await reserve({ order: valid, write: reserving() });
    await shop.alterOrder(ORDER.orderId, { undo: { cause: 'cancelled', from: 'ReserveInventory', done: {} } });
    const released = await release({ order: reserved, write: RELEASE });

    expect([valid.status, reserved.status, released.reservation.status]).toEqual(['VALID', 'RESERVED', 'RELEASED']);
    expect(await shop.stockOf('prod-1')).toBe(5);
  });

  test('charge and refund an order', async () => {
    const [chargeOrder, refundOrder] = [load('simulated-charge'), load('simulated-refund')];
    const request = { orderId: 'order-1', key: 'order-1:ProcessPayment', amount: 59.98, currency: 'EUR', order: ORDER };

    expect(await chargeOrder(request)).toMatchObject({ status: 'APPROVED' });
    expect(await refundOrder({ ...request, key: 'order-1:ProcessPayment:undo', chargeKey: request.key, charge: null })).toMatchObject({
      status: 'REFUNDED',
    });
  });
});

describe('each function writes one line of JSON about an order', () => {
  const EXECUTION = validating().owner;
  const TRACE = { _X_AMZN_TRACE_ID: 'Root=1-67a-bc;Parent=2;Sampled=1;Lineage=3' };
  const lines = () => logs.map(line => JSON.parse(line));

  test('with the step, the outcome, the time it took, the execution and the trace', async () => {
    await load('validate-order', TRACE)({ order: ORDER, write: validating() });

    expect(lines()).toEqual([{
      timestamp: expect.stringMatching(/^\d{4}-.*Z$/),
      level: 'INFO',
      what: 'a step answered',
      step: 'ValidateOrder',
      orderId: ORDER.orderId,
      execution: EXECUTION,
      status: 'VALID',
      outcome: 'accepted',
      durationMs: expect.any(Number),
      traceId: '1-67a-bc',
    }]);
  });

  test('that distinguishes a rejection from a failure, and holds nothing of the order', async () => {
    await load('validate-order')({ order: { ...ORDER, email: 'jo@example.com', totalAmount: 1 }, write: validating() });

    expect(lines()).toMatchObject([{ level: 'INFO', status: 'INVALID', outcome: 'rejected' }]);
    for (const secret of ['jo@example.com', 'prod-1', ORDER.userId]) expect(logs.join()).not.toContain(secret);
  });

  test('that names the error of a step that failed', async () => {
    const reserve = load('reserve-inventory', { ORDERS_TABLE: 'no-such-table' });
    await expect(reserve({ order: { ...ORDER, status: 'VALID', version: 2 }, write: reserving() })).rejects.toThrow();

    expect(lines()).toMatchObject([{
      level: 'ERROR', what: 'a step failed', step: 'ReserveInventory', orderId: ORDER.orderId, error: 'ResourceNotFoundException',
    }]);
  });

  test('that names no order where none was meant', async () => {
    await load('validate-order')({ order: { orderId: 'robert"); drop' }, write: validating() });

    expect(lines()).toMatchObject([{ status: 'INVALID' }]);
    expect(lines()[0]).not.toHaveProperty('orderId');
  });

  test('when money moves and when it goes back', async () => {
    const request = { orderId: 'order-1', key: 'key-1', amount: 1, currency: 'EUR' };
    await load('simulated-charge')(request);
    await load('simulated-refund')({ ...request, chargeKey: 'key-1' });

    expect(lines()).toMatchObject([
      { what: 'a charge was answered', orderId: 'order-1', status: 'APPROVED' }, { what: 'a refund was answered', orderId: 'order-1', status: 'REFUNDED' },
    ]);
  });
});

describe('the function that decides', () => {
  let server: Server;
  let received: string[];
  beforeEach(async () => {
    received = [];
    server = createServer(async (request, response) => {
      for await (const chunk of request) received.push(String(chunk));
      response.setHeader('content-type', 'application/x-amz-json-1.0').end('{}');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterEach(() => { server.closeAllConnections(); server.close(); });

  test('completes the task in Step Functions', async () => {
    const waiting = { step: 'AwaitApproval', token: 'token-1', until: LATER, accepted: 'APPROVED', rejected: 'NOT_APPROVED' };
    await shop.putOrder({ status: 'PENDING_APPROVAL', waiting });
    const decide = load('decide-approval', {
      AWS_ENDPOINT_URL_SFN: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    });

    expect(await decide({ orderId: ORDER.orderId, approved: true })).toEqual({ orderId: ORDER.orderId, status: 'APPROVED' });

    const { taskToken, output } = JSON.parse(received[0]);
    expect(taskToken).toBe('token-1');
    expect(JSON.parse(output)).toEqual({ status: 'APPROVED', decidedAt: expect.stringMatching(/^\d{4}-.*Z$/) });
  });
});

describe('the environment', () => {
  test('sets whether the stock is checked, and the default currency', async () => {
    const validate = load('validate-order', { CHECK_STOCK: 'true', DEFAULT_CURRENCY: 'CHF' });
    const { currency, ...order } = ORDER;
    const items = [{ ...ORDER.items[0], quantity: 6 }];

    expect(await validate({ order: { ...order, items, totalAmount: 179.94 }, write: validating() })).toMatchObject({
      status: 'INVALID', reason: 'items[0].quantity: 6 of product prod-1 wanted, 5 in stock',
    });
    expect(await validate({ order, write: validating() })).toMatchObject({ status: 'VALID', currency: 'CHF' });
  });

  test('sets how many charges are approved', async () => {
    const request = { orderId: 'order-1', key: 'key-1', amount: 1, currency: 'EUR' };
    const decline = load('simulated-charge', { APPROVAL_RATE: '0', SEED: 'x' });
    expect(await decline(request)).toMatchObject({ status: 'DECLINED' });
  });

  test.each(['2', '-0.1', 'half'])('with an approval rate of %s is refused when the function is loaded', async rate => {
    expect(() => load('simulated-charge', { APPROVAL_RATE: rate })).toThrow(`APPROVAL_RATE is '${rate}': give a number from 0 to 1`);
  });

  test.each([['reserve-inventory', 'PRODUCTS_TABLE'], ['simulated-refund', 'LEDGER_TABLE']])('of %s without %s is refused by name', async (name, missing) => {
    expect(() => load(name, { [missing]: undefined })).toThrow(`the environment variable ${missing} is not set`);
  });
});

describe('an event that the function does not understand', () => {
  const key = { orderId: 'order-1', key: 'key-1', amount: 1, currency: 'EUR' };
  test.each([
    ['validate-order', { order: ORDER }, 'write: '],
    ['validate-order', { order: ORDER, write: { ...validating(), owner: '' } }, 'write.owner: '],
    ['reserve-inventory', { order: ORDER, write: reserving() }, 'order.status: '],
    ['reserve-inventory', undefined, 'event: '],
    ['reserve-inventory', { order: { ...ORDER, status: 'RECEIVED', version: 1, items: [{ productId: 'prod-1', quantity: -1 }] }, write: reserving() }, 'items.0.quantity: '],
    ['release-inventory', { order: { orderId: '' }, write: RELEASE }, 'order.orderId: is not text of 1 to 2048 bytes'],
    ['decide-approval', { orderId: 'order-1', approved: 'yes' }, 'approved: '],
    ['decide-approval', { orderId: 'order-1', approved: true, reason: 'x'.repeat(501) }, 'reason: '],
    ['simulated-charge', { ...key, amount: '1' }, 'amount: '],
    ['simulated-refund', key, 'chargeKey: '],
  ])('is refused by %s, which names the field', async (name, event, message) => {
    const entry = load(name);
    const before = await shop.snapshot();

    await expect(entry(event)).rejects.toMatchObject({ name: 'InvalidEvent', message: expect.stringContaining(message) });
    expect(await shop.snapshot()).toEqual(before);
  });
});
