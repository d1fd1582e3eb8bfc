import fc from 'fast-check';
import { charge } from '../../../lambda-src/payment/charge';
import { Ledger } from '../../../lambda-src/payment/ledger';
import { refund } from '../../../lambda-src/payment/refund';
import { Engine, startEngine } from '../../support/dynoxide';
import { responseLost, after } from '../../support/request-faults';
import { ShopFixture } from '../../support/shop-fixture';

let engine: Engine;
let shop: ShopFixture;
let ledger: Ledger;
beforeAll(async () => { engine = await startEngine(); });
afterAll(async () => engine.stop());
beforeEach(async () => {
  shop = await ShopFixture.open(engine);
  ledger = new Ledger(shop.database, shop.ledgerTable);
});

const CHARGE = { orderId: 'order-1', key: 'order-1:ProcessPayment', amount: 59.98, currency: 'EUR' };
const REFUND = { ...CHARGE, key: 'order-1:ProcessPayment:undo', chargeKey: CHARGE.key };
const ALL = { rate: 1, seed: '' };
const NONE = { rate: 0, seed: '' };

describe('a charge', () => {
  test('is approved, and entered with its amount', async () => {
    const answer = await charge(ledger, ALL, CHARGE);

    expect(answer).toEqual({ status: 'APPROVED', transactionId: expect.stringMatching(/^charge-[0-9a-f]{24}$/) });
    expect(await shop.contents(shop.ledgerTable)).toEqual([{ ...CHARGE, ...answer }]);
  });

  test('is declined with a reason', async () => {
    expect(await charge(ledger, NONE, CHARGE)).toMatchObject({ status: 'DECLINED', reason: expect.stringContaining('declined') });
  });

  test.each([[ALL, NONE], [NONE, ALL]])('with the same key gets the same answer, whatever would be decided today', async (first, second) => {
    const answer = await charge(ledger, first, CHARGE);

    expect(await charge(ledger, second, { ...CHARGE, amount: 1 })).toEqual(answer);
    expect(await shop.contents(shop.ledgerTable)).toMatchObject([{ amount: 59.98 }]);
  });

  test('whose answer was lost is charged once', async () => {
    shop.requests.next('PutItem', responseLost);
    await expect(charge(ledger, ALL, CHARGE)).rejects.toMatchObject({ name: 'ServiceUnavailable' });

    expect(await charge(ledger, ALL, CHARGE)).toMatchObject({ status: 'APPROVED' });
    expect(await shop.contents(shop.ledgerTable)).toHaveLength(1);
  });

  test('has an outcome that depends on seed, order and step only, at the configured rate', async () => {
    const described = async (seed: string, prefix: string) => {
      const keys = Array.from({ length: 200 }, (_, index) => `${prefix}:order-${index}:ProcessPayment`);
      const books = new Ledger((await ShopFixture.open(engine)).database, (await ShopFixture.open(engine)).ledgerTable);
      return Promise.all(keys.map(async key => (await charge(books, { rate: 0.9, seed }, { ...CHARGE, key })).status));
    };
    const [first, again, other] = [await described('a', 'Shop'), await described('a', 'Tills'), await described('b', 'Shop')];

    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
    expect(first.filter(status => status === 'APPROVED').length / 200).toBeCloseTo(0.9, 1);
  });
});

describe('a refund', () => {
  test('gives back an approved charge once', async () => {
    await charge(ledger, ALL, CHARGE);

    const answer = await refund(ledger, REFUND);

    expect(answer).toEqual({ status: 'REFUNDED', refundId: expect.stringMatching(/^refund-[0-9a-f]{24}$/) });
    expect(await refund(ledger, REFUND)).toEqual(answer);
    expect(await refund(ledger, { ...REFUND, key: 'another' })).toEqual(answer);
    expect(await shop.contents(shop.ledgerTable)).toMatchObject([{ status: 'REFUNDED', amount: 59.98, refundedAmount: 59.98 }]);
  });

  test('that a concurrent refund made meanwhile is that of the other', async () => {
    await charge(ledger, ALL, CHARGE);
    const concurrent = { ...REFUND, key: 'concurrent' };
    shop.requests.next('UpdateItem', after(async () => refund(ledger, concurrent)));

    expect(await refund(ledger, REFUND)).toEqual(await refund(ledger, concurrent));
  });

  test('of a declined charge finds nothing', async () => {
    await charge(ledger, NONE, CHARGE);
    expect(await refund(ledger, REFUND)).toEqual({ status: 'NOTHING_TO_REFUND' });
  });

  test('of no charge finds nothing, and makes it impossible for ever', async () => {
    expect(await refund(ledger, REFUND)).toEqual({ status: 'NOTHING_TO_REFUND' });

    const late = await charge(ledger, ALL, CHARGE);

    expect(late).toMatchObject({ status: 'DECLINED', reason: expect.stringContaining('voided') });
    expect(await charge(ledger, ALL, CHARGE)).toEqual(late);
    expect(await refund(ledger, REFUND)).toEqual({ status: 'NOTHING_TO_REFUND' });
  });

  test('does not change what a late repetition of the charge gets', async () => {
    const answer = await charge(ledger, ALL, CHARGE);
    await refund(ledger, REFUND);
    expect(await charge(ledger, ALL, CHARGE)).toEqual(answer);
  });
});

describe('charges and refunds that race', () => {
  test('never leave money charged after a refund was requested', async () => {
    let runs = 0;
    const request = fc.record({ what: fc.constantFrom('charge', 'refund'), lost: fc.boolean() });
    await fc.assert(fc.asyncProperty(fc.array(request, { minLength: 1, maxLength: 6 }), async requests => {
      const key = `charge-${++runs}`;
      const answers = await Promise.allSettled(requests.map(async ({ what, lost }) => {
        if (lost) shop.requests.next('PutItem', responseLost);
        return what === 'charge'
          ? charge(ledger, ALL, { ...CHARGE, key })
          : refund(ledger, { ...REFUND, key: `${key}:undo`, chargeKey: key });
      }));
      const statuses = answers.flatMap(answer => answer.status === 'fulfilled' ? [answer.value.status] : []);
      const entry = (await shop.contents(shop.ledgerTable)).find(each => each.key === key)!;

      if (statuses.includes('REFUNDED')) expect(entry.status).toBe('REFUNDED');
      if (statuses.includes('NOTHING_TO_REFUND')) expect(entry.status).toBe('VOIDED');
      expect(new Set(statuses.filter(status => status !== 'APPROVED' && status !== 'DECLINED')).size).toBeLessThan(2);
    }), { numRuns: 40 });
  }, 60_000);
});
