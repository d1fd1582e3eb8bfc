import { OPEN_SHARD, OPEN_SINCE } from '../open-orders';
import { OrderInput, SENT_ATTRIBUTES } from '../order-row';
import { Assignment, Clause, Parameter, Parameters, Removal, Value, equals, exists, missing, parametersOf } from '../row-write';

/** Who writes and when: the same for each retry of a state, so that a repeated write has the same bytes. */
export const WRITER = { owner: 'text', at: 'text' } as const;

/** Who brings the order from which version to which status. */
export const MOVE = { ...WRITER, step: 'text', version: 'number', to: 'text' } as const;

const { owner, at } = parametersOf(WRITER);

/** The execution that writes has the order. */
export const MINE: Clause = equals('owner', owner);
export const UNOWNED: Clause = missing('owner');
export const OPEN: Clause = exists(OPEN_SINCE);
export const UNDOING: Clause = exists('undo');

export function entry(status: Value, step: Value): Value {
  return { map: { status, at, step } };
}

/** What every change of status sets. */
export function statusChange(to: Value, step: Value, version: Parameter, when?: Parameter): Assignment[] {
  return [
    { path: ['status'], value: to, when },
    { path: ['version'], value: { next: version }, when },
    { path: ['history', { next: version }], value: entry(to, step), when },
    { path: ['updatedAt'], value: at },
  ];
}

type Sent = Exclude<keyof OrderInput, 'orderId'>;

const SENT = SENT_ATTRIBUTES.filter((name): name is Sent => name !== 'orderId');

/** What a client has sent of the order, attribute by attribute. */
export const SENT_PARAMETERS = Object.fromEntries(SENT.map((name) => [name, 'document?'])) as { readonly [name in Sent]: 'document?' };

export function sentValues(): Assignment[] {
  return Object.entries(parametersOf(SENT_PARAMETERS as Parameters)).map(([name, value]) => ({ path: [name], value }));
}

/** What lists an order as open, until the write that ends it. */
export function listing(orderId: Parameter): Assignment[] {
  return [{ path: [OPEN_SINCE], value: at }, { path: [OPEN_SHARD], value: { shardOf: orderId } }];
}

export function unlisting(condition: Pick<Removal, 'when' | 'unless'> = {}): Removal[] {
  return [{ path: [OPEN_SINCE], ...condition }, { path: [OPEN_SHARD], ...condition }];
}

/** The same assignments, which leave alone what is there. */
export function once(assignments: readonly Assignment[]): Assignment[] {
  return assignments.map((assignment) => ({ ...assignment, once: true }));
}
