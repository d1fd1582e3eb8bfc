import { ENTERED_AT, INPUT_FIELDS, historyEntry, literal } from '../jsonata/expressions';
import { OrderChange } from './update-expression';

/** The attributes that every change of status sets. @internal */
export function statusChanges(step: string, when?: string): OrderChange[] {
  return [
    { path: '#status', value: "{'S': $to}", when },
    { path: '#version', value: "{'N': $string($next)}", when },
    { path: '#history.#next', value: historyEntry('$to', step), when },
    { path: '#updatedAt', value: `{'S': ${ENTERED_AT}}` },
  ];
}

/** What lists an order as open, until the write that ends it. @internal */
export function openChanges(orderId: string, when?: string): OrderChange[] {
  return [
    { path: '#openSince', value: `{'S': ${ENTERED_AT}}`, when },
    { path: '#openShard', value: `{'S': $substring($hash(${orderId}, 'MD5'), 0, 1)}`, when },
  ];
}

/** @internal */
export function closeChanges(when?: string): OrderChange[] {
  return [{ path: '#openSince', when }, { path: '#openShard', when }];
}

/** What the input tells of the order, attribute by attribute. @internal */
export function inputChanges(order: string, when?: string): OrderChange[] {
  return INPUT_FIELDS.filter((field) => field !== 'orderId').map((field) => ({
    path: `#${field}`,
    value: `$marshal(${order}.${field})`,
    when: [when, `$exists(${order}.${field})`].filter((condition) => condition).join(' and '),
  }));
}

/** The undo as a write begins it. @internal */
export function undoMap(cause: string, from?: string): string {
  return `{'M': {'cause': {'S': ${literal(cause)}}, ${from ? `'from': {'S': ${literal(from)}}, ` : ''}'done': {'M': {}}}}`;
}
