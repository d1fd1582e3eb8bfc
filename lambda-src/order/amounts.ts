import { MAX_MINOR_UNITS, isCurrency, majorText, minorDigits, minorUnits } from './money';
import { isPrice, isQuantity, isTotal } from './order-contract';
import type { Problem } from './problem';
import { MAX_LINES } from '../../src/contract/field-rules';

interface Loose {
  readonly [field: string]: unknown;
}

/**
 * What is wrong with the money of an order: decimals that the currency does not have, a total that is not the sum.
 * Checks each amount that is a number, whatever else is wrong, so that a client gets all problems at once.
 */
export function amountProblems(value: unknown, defaultCurrency: string): Problem[] {
  const { currency = defaultCurrency, items, totalAmount } = (value ?? {}) as Loose;
  if (!isCurrency(currency) || !Array.isArray(items) || items.length > MAX_LINES) return [];
  const digits = minorDigits(currency);
  const decimals = (field: string, amount: number): Problem[] => minorUnits(amount, digits) === undefined
    ? [{ field, message: `${amount} has more decimals than the ${digits} of ${currency}` }]
    : [];

  const lines = items.map(item => (item ?? {}) as Loose);
  const problems = lines.flatMap(({ price }, index) => isPrice(price) ? decimals(`items[${index}].price`, price) : []);
  if (!isTotal(totalAmount)) return problems;
  problems.push(...decimals('totalAmount', totalAmount));
  if (problems.length > 0 || !lines.every(line => isPrice(line.price) && isQuantity(line.quantity))) return problems;

  const sum = sumOf(lines as unknown as Array<{ price: number; quantity: number }>, digits);
  if (sum > MAX_MINOR_UNITS) {
    return [{ field: 'totalAmount', message: `the lines add up to ${majorText(sum, digits)}, more than an order may cost` }];
  }
  return sum === minorUnits(totalAmount, digits)
    ? []
    : [{ field: 'totalAmount', message: `${totalAmount} is not the sum of the lines, which is ${majorText(sum, digits)}` }];
}

function sumOf(lines: ReadonlyArray<{ price: number; quantity: number }>, digits: number): bigint {
  return lines.reduce((sum, { price, quantity }) => sum + minorUnits(price, digits)! * BigInt(quantity), 0n);
}
