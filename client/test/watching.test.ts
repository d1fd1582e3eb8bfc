import assert from 'node:assert/strict';
import { test } from 'node:test';
import { feedFixture, SECOND } from './feed-fixture.ts';
import { settled } from './virtual-timers.ts';

test('a feed connects for its first watch, not before', async () => {
  const { feed, network, opened } = feedFixture();
  await settled();
  assert.equal(network.sockets.length, 0);
  assert.equal(feed.state, 'idle');

  feed.watch('o-1', { token: 'secret' });
  assert.equal(feed.state, 'connecting');
  const socket = await opened();

  assert.equal(socket.url, 'wss://feed.example/prod');
  assert.deepEqual(socket.sent('subscribe'), [{ action: 'subscribe', orderId: 'o-1', watchToken: 'secret' }]);
  assert.equal(feed.state, 'open');
});

test('a watch without a token sends none', async () => {
  const { watch, opened } = feedFixture();
  watch('o-1');
  assert.deepEqual((await opened()).frames, ['{"action":"subscribe","orderId":"o-1"}']);
});

test('a watch receives every status with all of its fields', async () => {
  const { watch, opened } = feedFixture();
  const { statuses, watch: theWatch } = watch('o-1');
  const socket = await opened();
  const received = { orderId: 'o-1', status: 'REFUNDED', version: 7, at: '2026-01-01T00:00:00Z', reason: 'OUT_OF_STOCK' };
  socket.receive({ type: 'order.status', ...received });
  assert.deepEqual(statuses, [received]);
  assert.deepEqual(theWatch.last, received);
});

test('a status is received once, and never after a newer one', async () => {
  const { watch, opened } = feedFixture();
  const { versions } = watch('o-1');
  const socket = await opened();
  for (const version of [2, 1, 2, 3, 3, 2, 4]) {
    socket.status('o-1', version);
  }
  assert.deepEqual(versions, [2, 3, 4]);
});

test('a watch receives its own order only', async () => {
  const { watch, opened } = feedFixture();
  const mine = watch('o-1');
  const other = watch('o-2');
  const socket = await opened();
  socket.status('o-1', 1);
  socket.status('o-2', 5);
  socket.status('o-3', 9);
  socket.status('__proto__', 9);
  assert.deepEqual(mine.versions, [1]);
  assert.deepEqual(other.versions, [5]);
});

test('a gap in the versions is shown at once, and the subscription sent again once', async () => {
  const { watch, opened, timers } = feedFixture();
  const { versions } = watch('o-1');
  const socket = await opened();
  socket.status('o-1', 1);
  socket.status('o-1', 3);
  assert.deepEqual(versions, [1, 3]);
  assert.equal(socket.sent('subscribe').length, 2);
  socket.status('o-1', 3);
  await timers.pass(60 * SECOND);
  assert.equal(socket.sent('subscribe').length, 2);
});

test('a response that skips versions is not requested again', async () => {
  const { watch, opened, timers } = feedFixture();
  const { versions } = watch('o-1');
  const socket = await opened();
  socket.status('o-1', 4);
  socket.status('o-1', 6);
  socket.status('o-1', 9);
  await timers.pass(60 * SECOND);
  assert.deepEqual(versions, [4, 6, 9]);
  assert.equal(socket.sent('subscribe').length, 2);
});

test('two watches of an order share one subscription, and each is called', async () => {
  const { watch, opened } = feedFixture();
  const first = watch('o-1');
  const second = watch('o-1');
  const socket = await opened();
  socket.status('o-1', 1);
  assert.equal(socket.sent('subscribe').length, 1);
  assert.deepEqual([first.versions, second.versions], [[1], [1]]);
});

test('a second watch does not repeat a pending subscription', async () => {
  const { watch, opened } = feedFixture();
  watch('o-0');
  const socket = await opened();
  watch('o-1');
  watch('o-1');
  assert.equal(socket.sent('subscribe').filter(({ orderId }) => orderId === 'o-1').length, 1);
});

test('a late watch receives the last known status without a request, after it was returned', async () => {
  const { watch, opened } = feedFixture();
  watch('o-1');
  const socket = await opened();
  socket.status('o-1', 4);
  const late = watch('o-1');
  assert.deepEqual(late.versions, []);
  await settled();
  assert.deepEqual(late.versions, [4]);
  socket.status('o-1', 5);
  assert.deepEqual(late.versions, [4, 5]);
  assert.equal(socket.sent('subscribe').length, 1);
});

test('a late watch receives a newer status once, when it arrives before the last known one was shown', async () => {
  const { watch, opened } = feedFixture();
  watch('o-1');
  const socket = await opened();
  socket.status('o-1', 4);
  const late = watch('o-1');
  socket.status('o-1', 5);
  await settled();
  assert.deepEqual(late.versions, [5]);
});

test('nothing is called after stop', async () => {
  const { watch, opened } = feedFixture();
  const { watch: theWatch, versions, errors } = watch('o-1');
  const other = watch('o-1');
  const socket = await opened();
  socket.status('o-1', 1);
  const late = watch('o-1');
  late.watch.stop();
  theWatch.stop();
  theWatch.stop();
  socket.status('o-1', 2);
  socket.refuse('too-many-subscriptions', 'o-1');
  await settled();
  assert.deepEqual([versions, errors, late.versions], [[1], [], []]);
  assert.deepEqual(other.versions, [1, 2]);
});

test('a watch can stop itself, the others and the feed from its callback', async () => {
  const { feed, watch, opened, timers } = feedFixture();
  feed.watch('o-1', { onStatus: () => feed.close() });
  const other = watch('o-1');
  const socket = await opened();
  socket.status('o-1', 1);
  assert.deepEqual(other.versions, []);
  assert.equal(socket.closedWith, 1000);
  assert.equal(timers.count, 0);
});

test('a status cannot be changed by one watch for the next', async () => {
  const { feed, watch, opened, errors } = feedFixture();
  feed.watch('o-1', { onStatus: (status) => { (status as { status: string }).status = 'MINE'; } });
  const { statuses } = watch('o-1');
  (await opened()).status('o-1', 1);
  await settled();
  assert.equal(statuses[0]?.status, 'S1');
  assert.equal(errors[0]?.code, 'callback-threw');
});

test('an invalid order id, and a token that is too long for the feed, are refused at once', () => {
  const { feed, network } = feedFixture();
  for (const orderId of ['', 'o 1', 'o\n1', 'o-1\n', 'x'.repeat(65), 7, undefined]) {
    assert.throws(() => feed.watch(orderId as string), /^TypeError: orderId must be 1 to 64 of/);
  }
  assert.throws(() => feed.watch('o-1', { token: 'x'.repeat(1001) }), /^TypeError: token must have at most 1000 characters, got 1001/);
  assert.equal(network.sockets.length, 0);
});
