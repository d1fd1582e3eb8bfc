import * as v from 'valibot';
import { MAX_PRICE, isCurrency } from './money';

/** What an order may be. One schema gives the type and the checks. */

export const MAX_LINES = 90;
export const MAX_QUANTITY = 10_000;
export const MAX_BODY_BYTES = 64 * 1024;
const MAX_TOTAL = MAX_PRICE * MAX_LINES * MAX_QUANTITY;

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

const name = () => field(
  (value): value is string => isText(value, 128), 'text of 1 to 128 characters without control characters',
  { type: 'string', maxLength: 128, pattern: PRINTABLE.source },
);

const isRecord = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value);

/** An object of these fields only: a field that is left out is named, one that is not known is not kept. */
export const fields = <const E extends v.ObjectEntries>(entries: E) =>
  v.pipe(kind(isRecord, 'an object'), v.object(entries, 'is missing'));

const lineSchema = fields({
  productId: name(),
  quantity: field(isQuantity, `a whole number from 1 to ${MAX_QUANTITY}`, { type: 'integer', minimum: 1, maximum: MAX_QUANTITY }),
  price: field(isPrice, `a number from 0 to ${MAX_PRICE}`, { type: 'number', minimum: 0, maximum: MAX_PRICE }),
});

// The count is checked before the lines are: a body full of wrong lines gets one message and not thousands.
const itemsSchema = v.pipe(
  v.array(v.unknown(), issue => `${shown(issue.input)} is not a list of lines`),
  v.minLength(1, `an order has 1 to ${MAX_LINES} lines, this one has none`),
  v.maxLength(MAX_LINES, issue => `an order has 1 to ${MAX_LINES} lines, this one has ${issue.received}`),
  v.array(lineSchema),
);

export const orderFields = {
  orderId: field(isOrderId, '1 to 64 of the characters A-Z a-z 0-9 _ -', { type: 'string', pattern: ORDER_ID.source }),
  userId: name(),
  email: v.optional(field(
    (value): value is string => isText(value, 254) && EMAIL.test(value), 'an e-mail address of at most 254 characters',
    { type: 'string', maxLength: 254, pattern: EMAIL.source },
  )),
  currency: v.optional(field(isCurrency, 'the code of a currency in ISO 4217, such as EUR', { type: 'string', pattern: '^[A-Z]{3}$' })),
  items: itemsSchema,
  totalAmount: field(isTotal, 'an amount of 0 or more', { type: 'number', minimum: 0, maximum: MAX_TOTAL }),
};

export const orderSchema = fields(orderFields);

export type OrderLine = v.InferOutput<typeof lineSchema>;
/** An order as a client sends it, once it is known to be well formed. */
export type OrderInput = v.InferOutput<typeof orderSchema> & { readonly currency: string };

/** A value for a message: short, and recognisable as what was sent. */
export function shown(value: unknown): string {
  const text = typeof value === 'number' ? String(value) : JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
