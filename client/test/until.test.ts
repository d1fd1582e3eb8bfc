import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OrderFeedError } from '../src/index.ts';
import { feedFixture } from './feed-fixture.ts';
import { settled } from './virtual-timers.ts';

const withCode = (code: string) => (error: unknown) => error instanceof OrderFeedError && error.code === code && error.final;

test('until is resolved by the first of its statuses', async () => {
  const { feed, opened } = feedFixture();
  const watch = feed.watch('o-1');
  const either = watch.until(['COMPLETED', 'REFUNDED']);
  const one = watch.until('COMPLETED');
  const socket = await opened();
  socket.status('o-1', 1, 'COMPLETE');
  socket.status('o-1', 2, 'COMPLETED');
  assert.equal((await either).version, 2);
  assert.equal((await one).version, 2);
});

test('until is resolved at once by the last known status, even of a stopped watch', async () => {
  const { feed, opened } = feedFixture();
  const watch = feed.watch('o-1');
  (await opened()).status('o-1', 1, 'COMPLETED');
  watch.stop();
  assert.equal((await watch.until(['COMPLETED'])).version, 1);
  await assert.rejects(watch.until(['REFUNDED']), withCode('stopped'));
});

test('a watch that stops itself at its status resolves until nevertheless', async () => {
  const { feed, opened } = feedFixture();
  const watch = feed.watch('o-1', { onStatus: () => watch.stop() });
  const done = watch.until('COMPLETED');
  (await opened()).status('o-1', 1, 'COMPLETED');
  assert.equal((await done).status, 'COMPLETED');
});

test('until rejects when the watch is stopped or refused, or the feed closed', async () => {
  const { feed, opened } = feedFixture();
  const stopped = feed.watch('o-1');
  const refused = feed.watch('o-2');
  const closed = feed.watch('o-3');
  const ends = [stopped, refused, closed].map((watch) => watch.until('COMPLETED'));
  const socket = await opened();
  stopped.stop();
  socket.refuse('not-found', 'o-2');
  feed.close();
  await assert.rejects(ends[0]!, withCode('stopped'));
  await assert.rejects(ends[1]!, withCode('not-found'));
  await assert.rejects(ends[2]!, withCode('closed'));
});

test('an until that is not awaited any more is no unhandled rejection', async (context) => {
  const unhandled = context.mock.fn();
  process.on('unhandledRejection', unhandled);
  const { feed } = feedFixture();
  void feed.watch('o-1').until('COMPLETED');
  feed.close();
  await settled();
  await settled();
  process.off('unhandledRejection', unhandled);
  assert.equal(unhandled.mock.callCount(), 0);
});
