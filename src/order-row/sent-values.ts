import { SENT_PARAMETERS } from '../contract/writes/parts';

/** What a client has sent of an order, attribute by attribute, for a write that keeps it. @internal */
export function sentValues(order: string): { readonly [name in keyof typeof SENT_PARAMETERS]: string } {
  return Object.fromEntries(Object.keys(SENT_PARAMETERS).map((name) => [name, `${order}.${name}`])) as { [name in keyof typeof SENT_PARAMETERS]: string };
}
