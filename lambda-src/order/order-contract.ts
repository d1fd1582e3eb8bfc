import * as v from 'valibot';
import { isCurrency } from './money';
import { FieldRule, MAX_PRICE, MAX_QUANTITY } from '../../src/contract/field-rules';
import { MAX_TOTAL, ORDER_ATTRIBUTES, SENT_ATTRIBUTES } from '../../src/contract/order-row';

/** The checks of an order, made from the rules of the contract. */

export const MAX_BODY_BYTES = 64 * 1024;

const ORDER_ID = /^[A-Za-z0-9_-]{1,64}$/;
// Neither control characters nor halves of surrogate pairs: no database or log keeps them as they were.
const PRINTABLE = /^[^\p{Cc}\p{Cs}]+$/u;
const EMAIL = /^[^\s@\p{Cc}\p{Cs}]+@[^\s@\p{Cc}\p{Cs}]+$/u;

const isText = (value: unknown, longest: number): value is string =>
  typeof value === 'string' && value.length <= longest && PRINTABLE.test(value);

export const isOrderId = (value: unknown): value is string => typeof value === 'string' && ORDER_ID.test(value);
export const isQuantity = (value: unknown): value is number =>
  Number.isInteger(value) && (value as number) >= 1 && (value as number) <= MAX_QUANTITY;
export const isPrice = (value: unknown): value is number =>
  typeof value === 'number' && value >= 0 && value <= MAX_PRICE;
export const isTotal = (value: unknown): value is number =>
  typeof value === 'number' && value >= 0 && value <= MAX_TOTAL;

/** A value of one kind; a wrong one is shown in the message, with what it should be. */
const kind = <T>(is: (value: unknown) => value is T, rule: string) =>
  v.custom<T>(is, issue => `${shown(issue.input)} is not ${rule}`);

/** A field, and how the description of an API shows it. */
const field = <T>(is: (value: unknown) => value is T, rule: string, shape: object) => v.pipe(kind(is, rule), v.metadata({ ...shape }));

const isRecord = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value);

/** An object of these fields only: a field that is left out is named, one that is not known is not kept. */
export const fields = <const E extends v.ObjectEntries>(entries: E) =>
  v.pipe(kind(isRecord, 'an object'), v.object(entries, 'is missing'));

/** The check of a field, and how the description of an API shows it. */
function checkOf(rule: FieldRule): v.GenericSchema {
  switch (rule.is) {
    case 'id': return field(isOrderId, '1 to 64 of the characters A-Z a-z 0-9 _ -', { type: 'string', pattern: ORDER_ID.source });
    case 'text': return field(
      (value): value is string => isText(value, rule.longest), `text of 1 to ${rule.longest} characters without control characters`,
      { type: 'string', maxLength: rule.longest, pattern: PRINTABLE.source },
    );
    case 'email': return field(
      (value): value is string => isText(value, rule.longest) && EMAIL.test(value), `an e-mail address of at most ${rule.longest} characters`,
      { type: 'string', maxLength: rule.longest, pattern: EMAIL.source },
    );
    case 'currency': return field(isCurrency, 'the code of a currency in ISO 4217, such as EUR', { type: 'string', pattern: '^[A-Z]{3}$' });
    case 'quantity': return field(isQuantity, `a whole number from 1 to ${rule.most}`, { type: 'integer', minimum: 1, maximum: rule.most });
    case 'price': return field(isPrice, `a number from 0 to ${rule.most}`, { type: 'number', minimum: 0, maximum: rule.most });
    case 'total': return field(isTotal, 'an amount of 0 or more', { type: 'number', minimum: 0, maximum: rule.most });
    case 'lines': return linesOf(rule.most, fields(Object.fromEntries(Object.entries(rule.of).map(([name, of]) => [name, checkOf(of)]))));
  }
}

/** The count is checked before the lines are: a body full of wrong lines gets one message and not thousands. */
function linesOf(most: number, line: v.GenericSchema): v.GenericSchema {
  return v.pipe(
    v.array(v.unknown(), issue => `${shown(issue.input)} is not a list of lines`),
    v.minLength(1, `an order has 1 to ${most} lines, this one has none`),
    v.maxLength(most, issue => `an order has 1 to ${most} lines, this one has ${issue.received}`),
    v.array(line),
  );
}

/** The check of each field that clients send. */
export const orderFields: Readonly<Record<string, v.GenericSchema>> = Object.fromEntries(SENT_ATTRIBUTES.map(name => {
  const { sent, optional } = ORDER_ATTRIBUTES[name];
  const check = checkOf(sent!);
  return [name, optional ? v.optional(check) : check];
}));

export const orderSchema = fields(orderFields);

/** A value for a message: short, and recognisable as what was sent. */
export function shown(value: unknown): string {
  const text = typeof value === 'number' ? String(value) : JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
