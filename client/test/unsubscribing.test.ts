import assert from 'node:assert/strict';
import { test } from 'node:test';
import { feedFixture, SECOND } from './feed-fixture.ts';
import { settled } from './virtual-timers.ts';

const actions = (frames: string[]) => frames.map((frame) => JSON.parse(frame).action);

test('an order without a watch is unsubscribed, and then the connection closed', async () => {
  const { watch, opened, timers, feed, states } = feedFixture();
  const { watch: theWatch } = watch('o-1');
  const socket = await opened();
  socket.status('o-1', 1);
  theWatch.stop();
  await timers.pass(5 * SECOND);
  assert.deepEqual(socket.sent('unsubscribe'), [{ action: 'unsubscribe', orderId: 'o-1' }]);
  await timers.pass(10 * SECOND);
  assert.equal(socket.closedWith, 1000);
  assert.deepEqual([feed.state, timers.count, states], ['idle', 0, ['connecting', 'open', 'idle']]);
});

test('an idle feed connects again for the next watch', async () => {
  const { watch, opened, timers, network } = feedFixture();
  watch('o-1').watch.stop();
  (await opened()).status('o-1', 1);
  await timers.pass(20 * SECOND);
  const { versions } = watch('o-1');
  const socket = await opened();
  assert.equal(network.sockets.length, 2);
  socket.status('o-1', 1);
  assert.deepEqual(versions, [1], 'the new watch has not seen it');
});

test('one of two watches that stops leaves the subscription to the other', async () => {
  const { watch, opened, timers } = feedFixture();
  const first = watch('o-1');
  const second = watch('o-1');
  const socket = await opened();
  socket.status('o-1', 1);
  first.watch.stop();
  await timers.pass(60 * SECOND);
  socket.status('o-1', 2);
  assert.deepEqual(actions(socket.frames), ['subscribe']);
  assert.deepEqual([first.versions, second.versions], [[1], [1, 2]]);
});

test('a component that is mounted, unmounted and mounted again sends one subscribe', async () => {
  const { watch, opened, timers } = feedFixture();
  watch('o-1').watch.stop();
  const { versions } = watch('o-1');
  const socket = await opened();
  socket.status('o-1', 1);
  await timers.pass(60 * SECOND);
  assert.deepEqual([actions(socket.frames), versions], [['subscribe'], [1]]);
});

test('an order that is watched again soon keeps the subscription and the last status', async () => {
  const { watch, opened, timers } = feedFixture();
  const { watch: first } = watch('o-1');
  const socket = await opened();
  socket.status('o-1', 3);
  first.stop();
  await timers.pass(4 * SECOND);
  const { versions } = watch('o-1');
  await settled();
  assert.deepEqual(versions, [3]);
  await timers.pass(60 * SECOND);
  assert.deepEqual(actions(socket.frames), ['subscribe']);
});

test('an order that is watched again just after it was unsubscribed is subscribed twice, as the first may be processed before the unsubscribe', async () => {
  const { watch, opened, timers } = feedFixture();
  const { watch: first } = watch('o-1');
  const socket = await opened();
  socket.status('o-1', 1);
  first.stop();
  await timers.pass(6 * SECOND);
  const second = watch('o-1');
  socket.status('o-1', 2);
  assert.deepEqual(actions(socket.frames), ['subscribe', 'unsubscribe', 'subscribe']);
  second.watch.stop();
  const third = watch('o-1');
  await timers.pass(5 * SECOND);
  assert.deepEqual(actions(socket.frames), ['subscribe', 'unsubscribe', 'subscribe', 'subscribe']);
  socket.status('o-1', 4);
  assert.deepEqual([second.versions, third.versions], [[2], [2, 4]]);
  await timers.pass(60 * SECOND);
  assert.equal(socket.frames.length, 4);
});

test('an order that lost its last watch while disconnected is not subscribed again', async () => {
  const { watch, opened, timers } = feedFixture();
  const { watch: first } = watch('o-1');
  watch('o-2');
  (await opened()).drop();
  first.stop();
  await timers.pass(SECOND);
  assert.deepEqual((await opened()).sent('subscribe').map(({ orderId }) => orderId), ['o-2']);
});

test('an order without a watch is not subscribed again, whatever happens', async () => {
  const { watch, opened, timers } = feedFixture();
  watch('o-2');
  const { watch: first } = watch('o-1');
  const socket = await opened();
  socket.status('o-2', 1);
  socket.status('o-1', 1);
  first.stop();
  socket.status('o-1', 5);
  socket.refuse('internal', 'o-1');
  await timers.pass(60 * SECOND);
  socket.refuse('not-found', 'o-1');
  assert.deepEqual(actions(socket.frames), ['subscribe', 'subscribe', 'unsubscribe']);
});

test('a refused watch closes the connection when it was the only one', async () => {
  const { watch, opened, timers, feed } = feedFixture();
  watch('o-1');
  const socket = await opened();
  socket.refuse('not-found', 'o-1');
  await timers.pass(4 * SECOND);
  assert.equal(feed.state, 'open');
  await timers.pass(SECOND);
  assert.deepEqual([feed.state, timers.count, socket.closedWith], ['idle', 0, 1000]);
});

test('a feed that is closed while it is about to disconnect leaves no timer', async () => {
  const { watch, opened, timers, feed } = feedFixture();
  watch('o-1');
  (await opened()).refuse('not-found', 'o-1');
  feed.close();
  assert.equal(timers.count, 0);
});

test('a watch that comes before the connection is closed keeps it', async () => {
  const { watch, opened, timers, feed } = feedFixture();
  watch('o-1');
  const socket = await opened();
  socket.refuse('not-found', 'o-1');
  await timers.pass(4 * SECOND);
  watch('o-2');
  socket.status('o-2', 1);
  await timers.pass(60 * SECOND);
  assert.deepEqual([feed.state, socket.closedWith], ['open', undefined]);
});
