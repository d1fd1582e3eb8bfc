import { createHash } from 'node:crypto';
import { placeOrder } from '../../../lambda-src/intake/place-order';
import { submissionOf } from '../../../lambda-src/intake/submission';
import { validateOrder } from '../../../lambda-src/validation/validate';
import { IntakeFixture, advance } from '../../support/intake-fixture';
import { InterruptedFunction } from '../../support/interrupted-function';
import { arrives, responseLost } from '../../support/request-faults';
import { AT, ME, ORDER, validating } from '../../support/shop-fixture';
import { startIntakes } from '../../support/start-intakes';

const started = startIntakes();
let fixture: IntakeFixture;
beforeEach(async () => { fixture = await started.open(); });

const DAY = 24 * 3_600_000;
const submission = (order: object = ORDER, idempotencyKey?: string) => submissionOf({ order, idempotencyKey }, { currency: 'EUR' });
const place = async (order: object = ORDER, idempotencyKey?: string) => placeOrder(fixture.intake, submission(order, idempotencyKey));
const RECEIVED = { orderId: 'order-1', status: 'RECEIVED' };

describe('an order', () => {
  test('gets a row with the status RECEIVED, and an execution with its name', async () => {
    expect(await place({ ...ORDER, note: 'dropped' })).toEqual(RECEIVED);

    expect(await fixture.rows()).toEqual([{
      ...ORDER,
      status: 'RECEIVED',
      version: 1,
      requestHash: createHash('sha256').update(submission().text).digest('hex'),
      history: { 1: { status: 'RECEIVED', at: AT, step: 'intake' } },
      createdAt: AT,
      updatedAt: AT,
      openSince: AT,
      openShard: createHash('md5').update('order-1').digest('hex')[0],
    }]);
    expect(started.stepFunctions.started).toEqual([{ name: 'order-1', input: ORDER }]);
  });

  test('is what the first step of the saga adopts', async () => {
    await fixture.shop.putProducts({ productId: 'prod-1', price: 29.99, stock: 5 });
    await place();
    const answer = await validateOrder(fixture.shop.validation(), started.stepFunctions.started[0].input, validating());
    expect(answer).toMatchObject({ status: 'VALID', version: 2, createdAt: AT });
    expect(await fixture.shop.row()).toMatchObject({ owner: ME, history: { 1: { step: 'intake' }, 2: { step: 'ValidateOrder' } } });
  });

  test('that is sent again gets its first answer, from the lock alone', async () => {
    await place();
    const rows = await fixture.rows();
    const writes = fixture.requests.sent.length;
    advance(DAY - 1_000);

    expect(await place({ ...ORDER, items: [{ price: 29.99, quantity: 2, productId: 'prod-1' }] })).toEqual(RECEIVED);
    expect(fixture.requests.sent.slice(writes)).toEqual(['PutItem']);
    expect(await fixture.rows()).toEqual(rows);
    expect(started.stepFunctions.started).toHaveLength(1);
  });

  test('that is repeated after a day is found by its row, even if the lock was not deleted', async () => {
    await place();
    await fixture.shop.alterOrder('order-1', { owner: ME, status: 'COMPLETED', version: 5 });
    started.stepFunctions.end('order-1');
    advance(DAY + 1_000);

    expect(await place()).toEqual(RECEIVED);
    expect(await fixture.shop.row()).toMatchObject({ status: 'COMPLETED' });
    expect(started.stepFunctions.started).toHaveLength(1);
  });

  test('is distinguished from another one under the same id, for a day by the lock and then by the row', async () => {
    await place();
    const other = { ...ORDER, items: [{ ...ORDER.items[0], quantity: 1 }], totalAmount: 29.99 };
    await expect(place(other)).rejects.toMatchObject({ kind: 'conflict', message: 'another order has this id' });
    advance(DAY + 1_000);
    await expect(place(other)).rejects.toMatchObject({ kind: 'conflict', message: 'another order has this id' });
    // A refusal is no answer: nothing keeps the order that was meant from being placed afterwards.
    expect(await place()).toEqual(RECEIVED);
    expect(await fixture.rows()).toHaveLength(1);
  });

  test('is not that of another user with the same id', async () => {
    await place();
    await expect(place({ ...ORDER, userId: 'user-2' })).rejects.toMatchObject({ kind: 'conflict', message: 'another order has this id' });
  });

  test('whose execution wrote the row itself is the same order if it has the same content', async () => {
    await fixture.shop.putOrder({ owner: ME, version: 2 });
    expect(await place()).toEqual(RECEIVED);
    await expect(place({ ...ORDER, email: 'ann@shop.example' })).rejects.toMatchObject({ kind: 'conflict' });
    expect(started.stepFunctions.started).toEqual([]);
  });

  test('whose execution was started elsewhere is not started again', async () => {
    started.stepFunctions.faults.push({ status: 400, name: 'ExecutionAlreadyExists' });
    expect(await place()).toEqual(RECEIVED);
  });
});

describe('an order without an id', () => {
  const { orderId, ...unnamed } = ORDER;

  test('gets one from its user and the key, the same each time', async () => {
    const first = await place(unnamed, 'key-1');
    advance(DAY + 1_000);
    expect(await place(unnamed, 'key-1')).toEqual(first);
    expect(first.orderId).toMatch(/^[0-9a-f]{32}$/);
    expect((await fixture.rows()).map(row => row.orderId)).toEqual([first.orderId]);
  });

  test('does not collide with that of another user with the same key', async () => {
    const mine = await place(unnamed, 'key-1');
    const yours = await place({ ...unnamed, userId: 'user-2' }, 'key-1');
    expect(yours.orderId).not.toBe(mine.orderId);
    expect(await fixture.rows()).toHaveLength(2);
    expect(started.stepFunctions.started).toHaveLength(2);
  });

  test('is not an order with the key for an id', async () => {
    await place({ ...ORDER, orderId: 'key-1' });
    await place(unnamed, 'key-1');
    expect(await fixture.rows()).toHaveLength(2);
  });

  test('is refused without a key', async () => {
    expect(() => submission(unnamed)).toThrow('orderId: is missing');
  });
});

describe('a key', () => {
  test('stands for one order, whatever id a second one has', async () => {
    await place(ORDER, 'key-1');
    await expect(place({ ...ORDER, orderId: 'order-2' }, 'key-1')).rejects
      .toMatchObject({ kind: 'conflict', message: 'another order was sent with this idempotency key' });
    expect(await fixture.rows()).toHaveLength(1);
  });

  test.each([
    ['empty', ''], ['longer than 255', 'k'.repeat(256)], ['not ASCII', 'schlüssel'], ['a number', 17], ['null', null],
  ])('that is %s is refused, with all else that is wrong', (_, key) => {
    const send = () => submissionOf({ order: { ...ORDER, userId: 5 }, idempotencyKey: key }, { currency: 'EUR' });
    expect(send).toThrow(expect.objectContaining({
      kind: 'invalid',
      problems: [expect.objectContaining({ field: 'idempotencyKey' }), expect.objectContaining({ field: 'userId' })],
    }));
  });
});

describe('an intake that crashes', () => {
  const crashes = [1, 2, 3, 4].flatMap(call => (['before', 'after'] as const).map(when => [when, call] as const));

  test.each(crashes)('%s call %i leaves an order that a retry places once, whether or not it crashes too', async (when, call) => {
    for (const [nextWhen, nextCall] of crashes) {
      const order = { ...ORDER, orderId: `order-${nextWhen}-${nextCall}` };
      const crash = new InterruptedFunction(call, when);
      void placeOrder(fixture.interrupted(crash), submission(order));
      await crash.happened;
      const second = new InterruptedFunction(nextCall, nextWhen);
      await Promise.race([second.happened, placeOrder(fixture.interrupted(second), submission(order))]);

      expect(await place(order)).toEqual({ orderId: order.orderId, status: 'RECEIVED' });
      expect(started.stepFunctions.started.filter(({ name }) => name === order.orderId)).toHaveLength(1);
    }
    expect(await fixture.rows()).toHaveLength(crashes.length);
  });

  test('holds up its retry for no more than its lease', async () => {
    const crash = new InterruptedFunction(2, 'after');
    void placeOrder(fixture.interrupted(crash), submission());
    await crash.happened;
    const start = Date.now();

    await place();

    expect(Date.now() - start).toBeGreaterThan(3_000);
    expect(Date.now() - start).toBeLessThan(4_000);
  });

  test('does not let another order take its key', async () => {
    const crash = new InterruptedFunction(2, 'before');
    void placeOrder(fixture.interrupted(crash), submission(ORDER, 'key-1'));
    await crash.happened;
    await expect(place({ ...ORDER, orderId: 'order-2' }, 'key-1')).rejects
      .toMatchObject({ kind: 'conflict', message: 'another order was sent with this idempotency key' });
  });
});

describe('an answer that is lost', () => {
  test('of the lock delays the order', async () => {
    fixture.requests.next('PutItem', responseLost);
    await expect(place()).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(await place()).toEqual(RECEIVED);
    expect(await fixture.rows()).toHaveLength(1);
  });

  test('of the row is found out', async () => {
    fixture.requests.next('PutItem', arrives, responseLost);
    expect(await place()).toEqual(RECEIVED);
    expect(started.stepFunctions.started).toHaveLength(1);
  });

  test('of Step Functions leaves the start to a retry', async () => {
    fixture.workflowRequests.next('StartExecution', responseLost);
    await expect(place()).rejects.toMatchObject({ message: 'the execution of the order was not started, try again (Error: socket hang up)', cause: { code: 'ECONNRESET' } });
    expect(await place()).toEqual(RECEIVED);
    expect(started.stepFunctions.started).toHaveLength(1);
  });

  test('of the stored response changes nothing', async () => {
    fixture.requests.next('UpdateItem', responseLost);
    expect(await place()).toEqual(RECEIVED);
    expect(await place()).toEqual(RECEIVED);
    expect(started.stepFunctions.started).toHaveLength(1);
  });
});

describe('an order that is being placed for longer than a repetition waits', () => {
  test('is not placed meanwhile, and is afterwards', async () => {
    const start = Date.now();
    let seconds = 0;
    const waits = { random: () => 0.5, now: () => start + 1_000 * seconds++, wait: async () => {} };
    fixture = await started.open({ timing: waits });
    const crash = new InterruptedFunction(2, 'before');
    void placeOrder(fixture.interrupted(crash), submission());
    await crash.happened;

    await expect(place()).rejects.toMatchObject({ name: 'OutcomeUnknown', message: 'the same order is being placed: retry later' });
    expect(await fixture.rows()).toEqual([]);

    advance(4_000);
    expect(await place()).toEqual(RECEIVED);
  });
});

describe('on EXPRESS, where execution names are not unique', () => {
  beforeEach(async () => { fixture = await started.open({ isExpress: true }); });

  test('an order that is sent again is started once', async () => {
    expect(await place()).toEqual(RECEIVED);
    await fixture.shop.alterOrder('order-1', { owner: ME });
    expect(await place()).toEqual(RECEIVED);
    expect(started.stepFunctions.started).toHaveLength(1);
  });

  test('an order that another intake has just received is not started by this one', async () => {
    await place();
    const look = jest.spyOn(fixture.intake.timing, 'wait').mockImplementationOnce(async () => fixture.shop.alterOrder('order-1', { owner: ME }));
    expect(await place()).toEqual(RECEIVED);
    expect(look).toHaveBeenCalledTimes(1);
    look.mockRestore();
    expect(started.stepFunctions.started).toHaveLength(1);
  });

  test.each([1, 2])('a crash after call %i leaves an order that a retry starts in the end', async call => {
    const crash = new InterruptedFunction(call, call === 1 ? 'after' : 'before');
    void placeOrder(fixture.interrupted(crash), submission());
    await crash.happened;
    const start = Date.now();

    expect(await place()).toEqual(RECEIVED);

    expect(started.stepFunctions.started).toHaveLength(1);
    expect(Date.now() - start).toBeGreaterThanOrEqual(3_000);
  });

  test('another order under the same id is refused', async () => {
    await place();
    await expect(place({ ...ORDER, email: 'ann@shop.example' })).rejects.toMatchObject({ kind: 'conflict' });
  });
});
