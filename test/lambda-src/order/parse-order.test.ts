import fc from 'fast-check';
import { BAD_ORDERS } from './bad-orders';
import { MAX_BODY_BYTES } from '../../../lambda-src/order/order-contract';
import { parseOrder, parseOrderBody, soundFields } from '../../../lambda-src/order/parse-order';
import { problemText } from '../../../lambda-src/order/problem';
import { ORDER } from '../../support/shop-fixture';

const DEFAULTS = { currency: 'EUR' };

describe('a well formed order', () => {
  test('is taken as it is', () => {
    expect(parseOrder(ORDER, DEFAULTS)).toEqual({ order: ORDER });
  });

  test('gets the default currency if it names none', () => {
    const { currency, ...order } = ORDER;
    expect(parseOrder(order, DEFAULTS)).toEqual({ order: ORDER });
  });

  test('loses unknown fields', () => {
    const sent = { ...ORDER, status: 'PAID', version: 9, owner: 'me', items: [{ ...ORDER.items[0], discount: 100 }] };
    expect(parseOrder(sent, DEFAULTS)).toEqual({ order: ORDER });
  });

  test('may have an address, 90 lines, and cost nothing', () => {
    const items = Array.from({ length: 90 }, (_, index) => ({ productId: `prod-${index}`, quantity: 10_000, price: 0 }));
    const order = { ...ORDER, email: 'ann@shop.example', items, totalAmount: 0 };
    expect(parseOrder(order, DEFAULTS)).toEqual({ order });
  });

  test('adds up in minor units, without floating point', () => {
    const cents = fc.integer({ min: 0, max: 100_000_000_000 });
    const line = fc.record({ cents, quantity: fc.integer({ min: 1, max: 100 }) });
    fc.assert(fc.property(fc.array(line, { minLength: 1, maxLength: 90 }), fc.constantFrom(-1n, 0n, 1n), (lines, offBy) => {
      const sum = lines.reduce<bigint>((total, { cents: price, quantity }) => total + BigInt(price) * BigInt(quantity), offBy);
      fc.pre(sum >= 0n);
      const items = lines.map(({ cents: price, quantity }) => ({ productId: 'prod-1', quantity, price: decimal(BigInt(price)) }));
      const { order, problems } = parseOrder({ ...ORDER, items, totalAmount: decimal(sum) }, DEFAULTS);
      expect(problems?.map(({ field }) => field) ?? []).toEqual(offBy === 0n ? [] : ['totalAmount']);
      expect(order === undefined).toBe(offBy !== 0n);
    }));
  });
});

/** An amount in cents as the number that a client writes. */
const decimal = (cents: bigint): number => Number(`${cents / 100n}.${String(cents % 100n).padStart(2, '0')}`);

describe('a bad order', () => {
  test.each(BAD_ORDERS)('%s is refused by name', (_, sent, field, message) => {
    const { order, problems = [] } = parseOrder(sent, DEFAULTS);
    expect(order).toBeUndefined();
    expect(problems).toContainEqual({ field, message: expect.stringContaining(message) });
  });

  test('is refused with all that is wrong at once', () => {
    const items = [{ ...ORDER.items[0], price: 29.999 }, { ...ORDER.items[0], quantity: 0 }, 7];
    const { problems = [] } = parseOrder({ ...ORDER, orderId: '', userId: 5, items }, DEFAULTS);
    expect(problems.map(({ field }) => field)).toEqual(['orderId', 'userId', 'items[1].quantity', 'items[2]', 'items[0].price']);
  });

  test('full of wrong lines gets one short answer', () => {
    const { problems } = parseOrder({ ...ORDER, items: Array(20_000).fill(0) }, DEFAULTS);
    expect(problemText(problems!)).toBe('items: an order has 1 to 90 lines, this one has 20000');
  });

  test('is not quoted at length', () => {
    const { problems } = parseOrder({ ...ORDER, orderId: 'o'.repeat(9_000) }, DEFAULTS);
    expect(problemText(problems!).length).toBeLessThan(150);
  });

  test('gives up no more than its sound fields', () => {
    const sent = { ...ORDER, userId: 5, email: 'no-address', items: [{ productId: 'prod-1' }], extra: 1 };
    expect(soundFields(sent)).toEqual({ orderId: 'order-1', currency: 'EUR', totalAmount: 59.98 });
    expect(soundFields('order-1')).toEqual({});
  });
});

describe('whatever is sent', () => {
  const line = fc.record({ productId: fc.jsonValue(), quantity: fc.jsonValue(), price: fc.jsonValue() }, { requiredKeys: [] });
  const nearly = fc.record({
    orderId: fc.constantFrom<unknown>('order-1', '', null),
    userId: fc.jsonValue(),
    email: fc.jsonValue(),
    currency: fc.oneof(fc.constantFrom('EUR', 'JPY'), fc.jsonValue()),
    items: fc.oneof(fc.array(fc.oneof(line, fc.jsonValue())), fc.jsonValue()),
    totalAmount: fc.oneof(fc.double(), fc.jsonValue()),
  }, { requiredKeys: [] });

  test('is an order or a list of problems, and never an exception', () => {
    fc.assert(fc.property(fc.oneof(fc.jsonValue(), nearly), value => {
      const { order, problems } = parseOrder(value, DEFAULTS);
      expect(order === undefined).toBe(problems !== undefined);
      for (const { field, message } of problems ?? []) expect(`${field}${message}`).not.toBe('');
      if (order) expect(parseOrder(order, DEFAULTS)).toEqual({ order });
    }), { numRuns: 1_000 });
  });

  test('as text is an order or a list of problems too', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), text => {
      const { order, problems } = parseOrderBody(text, DEFAULTS);
      expect(order === undefined).toBe(problems !== undefined);
    }));
  });
});

describe('the text of an order', () => {
  test('is parsed', () => {
    expect(parseOrderBody(JSON.stringify(ORDER), DEFAULTS)).toEqual({ order: ORDER });
  });

  test('has at most 64 KiB, counted in bytes', () => {
    const padded = (bytes: number) => JSON.stringify(ORDER).padEnd(bytes);
    expect(parseOrderBody(padded(MAX_BODY_BYTES), DEFAULTS)).toEqual({ order: ORDER });
    expect(parseOrderBody(padded(MAX_BODY_BYTES + 1), DEFAULTS).problems).toEqual([
      { field: 'order', message: '65537 bytes are more than the 65536 that an order may have' },
    ]);
    const wide = JSON.stringify({ ...ORDER, note: 'é'.repeat(MAX_BODY_BYTES / 2) });
    expect(parseOrderBody(wide, DEFAULTS).problems).toHaveLength(1);
  });

  test('that is not JSON is reported as such', () => {
    expect(parseOrderBody('{"orderId":', DEFAULTS).problems).toEqual([
      { field: 'order', message: expect.stringContaining('this is not JSON') },
    ]);
  });
});
