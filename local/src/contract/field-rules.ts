// A copy of src/contract/field-rules.ts that the task build:local makes: change the source instead.
/** What a field of an order must be. Handlers check by it, and the description of the HTTP API is made from it. */
export type FieldRule =
  /** Characters of which an order's id consists, so that it can name an execution. */
  | { readonly is: 'id' }
  /** Printable text. */
  | { readonly is: 'text'; readonly longest: number }
  | { readonly is: 'email'; readonly longest: number }
  /** The code of a currency in ISO 4217. */
  | { readonly is: 'currency' }
  | { readonly is: 'quantity'; readonly most: number }
  /** Money as a decimal number, with no more decimals than its currency has. */
  | { readonly is: 'price'; readonly most: number }
  | { readonly is: 'total'; readonly most: number }
  | { readonly is: 'lines'; readonly most: number; readonly of: { readonly [field: string]: FieldRule } };

/** The highest price of one unit, in major units: 15 digits then hold the total of any order in the usual currencies. */
export const MAX_PRICE = 1_000_000_000;
export const MAX_LINES = 90;
export const MAX_QUANTITY = 10_000;
