import * as fc from 'fast-check';
import { Given, ORDER_ID, Row, RowEngine, isForStates } from './row-engine';
import type { Parameter, ParameterType, RowWrite } from '../../src/contract/row-write';
import { STATUSES } from '../../src/contract/statuses';
import * as writes from '../../src/contract/writes';
import { Engine, startEngine } from '../support/dynoxide';

const OWNERS = ['execution-1', 'execution-2'];
const TIMES = ['2030-01-01T00:00:00.000Z', '2030-01-01T00:05:00.000Z'];
const STATUS_NAMES = [...Object.values(STATUSES).filter((status) => status !== STATUSES.DUPLICATE), 'VALID', 'RESERVED', 'PAID', 'OUT_OF_STOCK'];

let engine: Engine;
let rows: RowEngine;

beforeAll(async () => {
  engine = await startEngine();
  rows = await RowEngine.open(engine);
});
afterAll(async () => engine.stop());

const maybe = <T>(arbitrary: fc.Arbitrary<T>, freq = 1) => fc.option(arbitrary, { nil: undefined, freq });
const time = () => fc.constantFrom(...TIMES);
const status = () => fc.constantFrom(...STATUS_NAMES);

/** A row in any status, with any of the attributes that conditions look at. */
const anyRow = (): fc.Arbitrary<Row> => fc.record({
  orderId: fc.constant(ORDER_ID),
  userId: fc.constant('user-1'),
  status: status(),
  version: fc.integer({ min: 1, max: 3 }),
  owner: maybe(fc.constantFrom(...OWNERS), 4),
  reason: maybe(fc.constant('some reason')),
  history: fc.constant({ 1: { status: 'RECEIVED', at: TIMES[0], step: 'intake' } }),
  undo: maybe(fc.record({
    cause: fc.constantFrom('rejected' as const, 'cancelled' as const, 'failed' as const), from: fc.constant('Reserve'), done: fc.constant({}),
  })),
  waiting: maybe(fc.constant({ step: 'Approve', token: 'token', until: TIMES[1], accepted: 'YES', rejected: 'NO' })),
  onHold: maybe(fc.constant({ at: TIMES[0] })),
  reservation: maybe(fc.record({ status: fc.constantFrom('RESERVED' as const, 'RELEASED' as const), lines: fc.constant([]), at: time() })),
  cancelRequestedAt: maybe(time()),
  givenUpAt: maybe(time()),
  openSince: maybe(time(), 4),
  openShard: fc.constant('a'),
  createdAt: fc.constant(TIMES[0]),
  updatedAt: fc.constant(TIMES[0]),
}).map((row) => JSON.parse(JSON.stringify(row)));

const anyDocument = () => fc.oneof(fc.constant({ note: 'kept', count: 2, list: [[1], []], none: null }), fc.constant({}));

function anyValue(name: string, type: ParameterType): fc.Arbitrary<unknown> {
  const arbitrary = valueOf(name, type.replace('?', ''));
  return type.endsWith('?') ? maybe(arbitrary) : arbitrary;
}

function valueOf(name: string, type: string): fc.Arbitrary<unknown> {
  if (name === 'orderId') return fc.constant(ORDER_ID);
  if (['owner', 'interrupted'].includes(name)) return fc.constantFrom(...OWNERS);
  if (['from', 'to'].includes(name)) return status();
  if (name === 'cause' || name === 'undoCause') return fc.constantFrom('rejected', 'cancelled', 'failed');
  if (/(^at|At)$/.test(name)) return time();
  if (type === 'number') return fc.integer({ min: 1, max: 3 });
  if (type === 'flag') return fc.boolean();
  return type === 'document' ? anyDocument() : fc.constantFrom(`${name} one`, `${name}-two`);
}

const given = (write: RowWrite): fc.Arbitrary<Given> =>
  fc.record(Object.fromEntries(Object.entries(write.parameters).map(([name, type]) => [name, anyValue(name, type)])));

/** The parameters that writes compare with attributes. */
const COMPARED = { owner: 'owner', version: 'version', from: 'status', interrupted: 'owner', givenUpAt: 'givenUpAt' };

/** What a row needs for the writes that hardly any row allows. */
const LIKELY: { readonly [write: string]: Partial<Row> } = {
  noteNotification: { status: STATUSES.NEEDS_ATTENTION, onHold: { at: TIMES[0] } },
  holdByRecovery: { status: STATUSES.NEEDS_ATTENTION },
  noteFailure: { status: STATUSES.NEEDS_ATTENTION },
  holdOrder: { status: STATUSES.NEEDS_ATTENTION },
  leaveHold: { status: STATUSES.NEEDS_ATTENTION, undo: { cause: 'failed', done: {} } },
  cancelByStep: { cancelRequestedAt: TIMES[0], undo: undefined },
  cancelByFirstStep: { cancelRequestedAt: TIMES[0], undo: undefined },
  startAnew: { owner: undefined, givenUpAt: TIMES[0], openSince: TIMES[0] },
  recordUndo: { undo: { cause: 'failed', done: {} } },
  finishUndo: { undo: { cause: 'failed', done: {} } },
  releaseReservation: { undo: { cause: 'failed', done: {} }, reservation: { status: 'RESERVED', lines: [], at: TIMES[0] } },
  releaseNothing: { undo: { cause: 'failed', done: {} }, reservation: undefined },
};

/** A row, values, and what decides how near they are. */
const drawn = (write: RowWrite) => fc.tuple(
  anyRow(), given(write), fc.array(fc.constantFrom(true, true, true, false), { minLength: 6, maxLength: 6 }), maybe(fc.constant(true), 1),
);

/** Whatever a write compares is drawn from the row more often than not, or hardly any would be accepted. */
const nearby = (writeName: string, write: RowWrite) => drawn(write).map(([row, values, coins, isThere]) => {
  const near: Record<string, unknown> = { ...values };
  for (const [index, [name, attribute]] of Object.entries(COMPARED).entries()) {
    const found = row[attribute as keyof Row];
    if (name in write.parameters && found !== undefined && coins[index + 1]) near[name] = found;
  }
  // Of a row that is not there, a state knows that there is none.
  const isGone = isThere === undefined && row.version === 3;
  if (isGone && 'hadRow' in write.parameters) near.hadRow = false;
  return { row: isGone ? undefined : coins[0] ? { ...row, ...LIKELY[writeName] } : row, values: near };
});

const shared = Object.entries(writes as unknown as Record<string, RowWrite>).filter(([, write]) => isForStates(write));

test.each(shared)('%s changes a row in the same way, or not at all, as a handler and as a state render it', async (name, write) => {
  const seen = { accepted: 0, refused: 0 };
  await fc.assert(fc.asyncProperty(nearby(name, write), async ({ row, values }) => {
    const [byHandler, byState] = await Promise.all([rows.outcomes('handler', write, values, row), rows.outcomes('state', write, values, row)]);
    expect(byState).toEqual(byHandler);
    const [first, again] = byHandler;
    seen[first.accepted ? 'accepted' : 'refused']++;
    // A retry has the same bytes: what it finds is the row as this write left it.
    if (first.accepted && write.replay) expect(again).toEqual(first);
  }), { numRuns: 30, seed: 12, endOnFailure: true });
  expect(seen.accepted).toBeGreaterThan(0);
  expect(seen.refused).toBeGreaterThan(0);
});

test.each(Object.entries(writes as unknown as Record<string, RowWrite>))('%s mentions each parameter with the type that it declares', (_name, { parameters, ...write }) => {
  expect(mentionedIn(write).filter(({ parameter, type }) => parameters[parameter] !== type)).toEqual([]);
});

function mentionedIn(part: unknown): Parameter[] {
  if (typeof part !== 'object' || part === null) return [];
  return 'parameter' in part ? [part as Parameter] : Object.values(part).flatMap(mentionedIn);
}
