import type { DynamoDBRecord } from 'aws-lambda';
import fc from 'fast-check';
import { AwsServices, BROKEN } from '../../support/aws-services';
import { Engine, startEngine } from '../../support/dynoxide';
import { FeedFixture } from '../../support/feed-fixture';
import { readLogs } from '../../support/logs';

let engine: Engine;
let services: AwsServices;
beforeAll(async () => { [engine, services] = await Promise.all([startEngine(), AwsServices.start()]); });
afterAll(async () => Promise.all([engine.stop(), services.stop()]));
beforeEach(() => { readLogs(); });
afterEach(() => jest.restoreAllMocks());

const WATCHERS: Record<string, string[]> = { 'order-1': ['ann', 'bob'], 'order-2': ['eve'] };

/** The versions that a browser shows: it drops what it has seen. */
function shown(versions: readonly number[]): number[] {
  return versions.filter((version, index) => versions.slice(0, index).every(earlier => earlier < version));
}

/** How Lambda reads the stream: in batches of any size, from the failed record on again, and now and then once more. */
const delivery = fc.record({
  interleaving: fc.array(fc.constantFrom('order-1', 'order-2'), { minLength: 1, maxLength: 12 }),
  batchSizes: fc.infiniteStream(fc.integer({ min: 1, max: 6 })),
  stepsBack: fc.infiniteStream(fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.integer({ min: 1, max: 4 }) })),
  postFails: fc.infiniteStream(fc.oneof({ weight: 2, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) })),
  parkFails: fc.infiniteStream(fc.boolean()),
  eventFails: fc.infiniteStream(fc.oneof({ weight: 3, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) })),
});

const next = <T>(stream: Iterator<T>): T => stream.next().value as T;

/** One order after the other moves on, as the stream shows it. */
function streamOf(feed: FeedFixture, interleaving: readonly string[]): DynamoDBRecord[] {
  const statuses = Object.fromEntries(Object.keys(WATCHERS).map(orderId => {
    const versions = interleaving.filter(moved => moved === orderId).map((_, index) => `STATUS_${index + 1}`);
    return [orderId, feed.records({ orderId }, ...versions)];
  }));
  return interleaving.map((orderId, index) => {
    const record = statuses[orderId].shift()!;
    return { ...record, dynamodb: { ...record.dynamodb, SequenceNumber: String(index) } };
  });
}

describe('however often the stream repeats records, and wherever it splits its batches', () => {
  test('versions rise for each watcher and none is lost: undelivered messages are on the dead-letter queue', async () => {
    await fc.assert(fc.asyncProperty(delivery, async ({ interleaving, batchSizes, stepsBack, postFails, parkFails, eventFails }) => {
      const feed = await FeedFixture.open(engine, services);
      await Promise.all(Object.entries(WATCHERS).map(async ([orderId, watchers]) => feed.subscribe(orderId, ...watchers)));
      const stream = streamOf(feed, interleaving);
      let rounds = 0;
      services.fault = ({ operation }) => {
        // The storm passes, or the stream would never end.
        if (rounds > 30) return undefined;
        const fails = { PostToConnection: postFails, SendMessage: parkFails, PutEvents: eventFails }[operation]!;
        return next(fails) ? BROKEN : undefined;
      };

      for (let position = 0; position < stream.length; rounds++) {
        const batch = stream.slice(position, position + next(batchSizes));
        const asked = await feed.publish(batch);
        const isDone = asked === undefined;
        position = isDone ? position + batch.length - (rounds < 30 ? Math.min(next(stepsBack), batch.length) : 0) : Number(asked);
      }

      for (const [orderId, watchers] of Object.entries(WATCHERS)) {
        const versions = interleaving.filter(moved => moved === orderId).map((_, index) => index + 1);
        for (const watcher of watchers) {
          const heard = services.messagesTo(watcher).map(({ version }) => version);
          const undelivered = services.queued.filter(({ connectionId }) => connectionId === watcher).map(({ version }) => version);
          expect(new Set([...heard, ...undelivered])).toEqual(new Set(versions));
          expect(shown(heard)).toEqual([...shown(heard)].sort((a, b) => a - b));
        }
        expect(new Set(feed.details.filter(detail => detail.orderId === orderId).map(({ version }) => version))).toEqual(new Set(versions));
      }
      expect(services.posted.every(({ connectionId, message }) => WATCHERS[message.orderId].includes(connectionId))).toBe(true);
    }), { numRuns: 60 });
  }, 60_000);

  test('a stream that sends each record once notifies no watcher twice, in any batches', async () => {
    await fc.assert(fc.asyncProperty(
      fc.array(fc.constantFrom('order-1', 'order-2'), { minLength: 1, maxLength: 12 }), fc.infiniteStream(fc.integer({ min: 1, max: 6 })),
      async (interleaving, batchSizes) => {
        const feed = await FeedFixture.open(engine, services);
        await Promise.all(Object.entries(WATCHERS).map(async ([orderId, watchers]) => feed.subscribe(orderId, ...watchers)));
        const left = streamOf(feed, interleaving);

        while (left.length > 0) expect(await feed.publish(left.splice(0, next(batchSizes)))).toBeUndefined();

        for (const [orderId, watchers] of Object.entries(WATCHERS)) {
          const versions = interleaving.filter(moved => moved === orderId).map((_, index) => index + 1);
          for (const watcher of watchers) expect(services.messagesTo(watcher).map(({ version }) => version)).toEqual(versions);
        }
      },
    ), { numRuns: 30 });
  }, 60_000);
});
