import fc from 'fast-check';
import { MAX_MINOR_UNITS, isCurrency, majorText, minorDigits, minorUnits } from '../../../lambda-src/order/money';

const digits = fc.integer({ min: 0, max: 4 });
const units = fc.bigInt({ min: 0n, max: MAX_MINOR_UNITS });

describe('an amount of money', () => {
  test('is the same in minor units as its decimal text, up to 15 digits', () => {
    fc.assert(fc.property(units, digits, (amount, places) => {
      expect(minorUnits(Number(majorText(amount, places)), places)).toBe(amount);
    }));
  });

  test('adds up in minor units where floating point does not', () => {
    expect(0.1 + 0.2).not.toBe(0.3);
    expect(minorUnits(0.1, 2)! + minorUnits(0.2, 2)!).toBe(minorUnits(0.3, 2));
  });

  test('has no minor units if it has more decimals than the currency', () => {
    fc.assert(fc.property(units, digits, (amount, places) => {
      fc.pre(amount % 10n !== 0n);
      expect(minorUnits(Number(majorText(amount, places + 1)), places)).toBeUndefined();
    }));
  });

  test.each([
    [0, 2, 0n], [-0, 2, 0n], [29.99, 2, 2999n], [30, 2, 3000n], [1e-7, 2, undefined], [1e-7, 8, 10n], [1.5e-7, 7, undefined],
    [1e21, 0, 10n ** 21n], [-1.25, 2, -125n], [NaN, 2, undefined], [Infinity, 2, undefined], [5e-324, 2, undefined],
  ])('%p with %p decimals is %p in minor units', (amount, places, expected) => {
    expect(minorUnits(amount, places)).toBe(expected);
  });

  test.each([[5998n, 2, '59.98'], [5n, 2, '0.05'], [0n, 2, '0.00'], [1200n, 0, '1200'], [1n, 3, '0.001']])(
    '%p minor units with %p decimals read %p', (amount, places, text) => {
      expect(majorText(amount, places)).toBe(text);
    });
});

describe('a currency', () => {
  test.each([['EUR', 2], ['HUF', 2], ['COP', 2], ['JPY', 0], ['KWD', 3], ['IQD', 3], ['UYW', 4]])('%s has %d decimals, as in ISO 4217', (code, places) => {
    expect(minorDigits(code)).toBe(places);
  });

  test.each(['eur', 'EURO', '', 'ZZZ', 978, null, undefined])('%p is none', code => {
    expect(isCurrency(code)).toBe(false);
  });
});
