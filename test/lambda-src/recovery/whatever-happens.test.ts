import fc from 'fast-check';
import type { OrderRow } from '../../../lambda-src/order/order';
import { readLogs } from '../../support/logs';
import { EXPRESS, NOW, RecoveryFixture, ago } from '../../support/recovery-fixture';
import { ME, ORDER, OTHER } from '../../support/shop-fixture';
import { startOnce } from '../../support/started';

const servers = startOnce();
beforeEach(() => { readLogs(); });

const { orderId } = ORDER;
const RUNNING = ['RUNNING', 'PENDING_REDRIVE'];
const INTERRUPTIONS = ['FAILED', 'TIMED_OUT', 'ABORTED'];
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const times = (...seconds: number[]) => fc.constantFrom(...seconds.map(ago));

/** An order as it may stand. */
const standing = fc.record({
  status: fc.constantFrom('RECEIVED', 'PENDING_APPROVAL', 'PAID', 'COMPLETED', 'FAILED', 'NEEDS_ATTENTION'),
  version: fc.integer({ min: 1, max: 9 }),
  owner: maybe(fc.constantFrom(ME, ME, OTHER, EXPRESS)),
  openSince: maybe(times(3_600, 10)),
  updatedAt: times(3_600, 400, 200, 0),
  alertedAt: maybe(times(60)),
  cancelRequestedAt: maybe(times(60)),
  restarts: maybe(fc.integer({ min: 1, max: 4 })),
  undo: maybe(fc.constant({ cause: 'failed' as const, from: 'ReserveInventory', done: {} })),
  waiting: maybe(times(60, -60).map(until => ({ step: 'AwaitApproval', token: 'wait', until, accepted: 'APPROVED', rejected: 'NOT_APPROVED' }))),
  onHold: maybe(fc.record({ at: times(60), notifiedAt: maybe(times(60)), token: maybe(fc.constant('hold')) })),
}).filter(({ status, openSince, owner, onHold }) =>
  // What needs attention is open and has an owner; only that is on hold, and only an execution that can wait leaves a token.
  status === 'NEEDS_ATTENTION' ? openSince !== undefined && owner !== undefined && !(owner === EXPRESS && onHold?.token) : !onHold);

const described = fc.dictionary(fc.constantFrom(ME, OTHER), fc.constantFrom(...RUNNING, ...RUNNING, ...INTERRUPTIONS, 'SUCCEEDED'), { maxKeys: 2 });

const event = fc.oneof(
  fc.constantFrom(undefined, null, {}, { detail: {} }, { source: 'aws.events', detail: { executionArn: null } }),
  fc.record({
    detail: fc.record({
      executionArn: fc.constantFrom(ME, ME, OTHER, 'no-arn'),
      status: fc.constantFrom(...RUNNING, ...RUNNING, ...INTERRUPTIONS, 'SUCCEEDED', 'NEW'),
      name: fc.constantFrom(orderId, orderId, 'another', '', null),
      input: fc.constantFrom(JSON.stringify(ORDER), '{', 'null', undefined),
      error: fc.constantFrom('OrderFailed', 'States.Runtime', undefined),
    }),
  }),
  fc.record({
    orderId: fc.constantFrom(orderId, 'another', ''), action: fc.constantFrom('retry', 'resolved', 'x'), refunded: maybe(fc.boolean()),
  }),
);

/** What a function is called with, and what happens to the order between its look and what it does. */
const calls = fc.array(fc.record({
  event, meanwhile: maybe(fc.constantFrom({ owner: OTHER }, { status: 'COMPLETED', openSince: undefined, openShard: undefined })),
}), { minLength: 1, maxLength: 4 });

describe('whatever the functions are called with', () => {
  test('no running execution loses its order, no order that has ended is recovered, and none is moved', async () => {
    await fc.assert(fc.asyncProperty(standing, described, fc.boolean(), calls, async (row, statuses, waits, all) => {
      const fixture = await RecoveryFixture.open(servers);
      const { services, stepFunctions } = fixture;
      await fixture.putOrder(row);
      Object.entries(statuses).forEach(([execution, status]) => stepFunctions.described.set(execution, { status }));
      if (waits) stepFunctions.waiting.add('hold');
      const interrupted = new Set<string>();

      for (const each of all) {
        const detail = (each.event as any)?.detail;
        if (INTERRUPTIONS.includes(detail?.status)) interrupted.add(detail.executionArn);
        const seen = await fixture.shop.row();
        const [recoveries, started, published] = [stepFunctions.recoveries.length, stepFunctions.started.length, services.notifications.length];
        const concurrent = writeConcurrently(fixture, each.meanwhile);

        await fixture.receives(each.event).catch(() => undefined);
        concurrent.isOver = true;

        for (const { input } of stepFunctions.recoveries.slice(recoveries)) {
          expect(seen.openSince).toBeDefined();
          expect(input.owner).toBe(seen.owner);
          expect(isRunning(seen, statuses, interrupted)).toBe(false);
        }
        if (stepFunctions.started.length > started) expect(seen).not.toHaveProperty('owner');
        const kinds = services.notifications.slice(published).map(({ attributes }) => attributes.kind);
        // An order on hold can have two to publish: that it failed, and that it could not be undone.
        expect(new Set(kinds).size).toBe(kinds.length);
        expect(kinds.length).toBeLessThanOrEqual(row.status === 'NEEDS_ATTENTION' ? 2 : 1);
        expect(essence(await fixture.shop.row())).toEqual(essence({ ...seen, ...concurrent.did }));
      }
    }), { numRuns: 200 });
  });
});

/** Whether an execution may yet write to the order that it has. */
function isRunning({ owner, updatedAt, onHold }: OrderRow, statuses: Record<string, string>, interrupted: ReadonlySet<string>): boolean {
  if (owner === EXPRESS) return !onHold && Date.parse(updatedAt) > NOW - 300_000;
  return !interrupted.has(owner!) && RUNNING.includes(statuses[owner!]);
}

/** What only the workflow writes. */
function essence({ status, version, owner, history, undo, waiting, updatedAt, cancelRequestedAt }: OrderRow): object {
  return { status, version, owner, history, undo, waiting, updatedAt, cancelRequestedAt };
}

/** A concurrent write to the order once the function has read it, if it does. */
function writeConcurrently({ shop }: RecoveryFixture, fields: object = {}): { did: object; isOver: boolean } {
  const concurrent = { did: {}, isOver: false };
  shop.requests.next('GetItem', async deliver => {
    const reply = await deliver();
    if (!concurrent.isOver) {
      await shop.alterOrder(orderId, { ...fields });
      concurrent.did = fields;
    }
    return reply;
  });
  return concurrent;
}
