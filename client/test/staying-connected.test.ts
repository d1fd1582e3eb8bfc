import assert from 'node:assert/strict';
import { test } from 'node:test';
import { feedFixture, MINUTE, SECOND } from './feed-fixture.ts';
import type { FakeSocket } from './fake-network.ts';

const answering = (socket: FakeSocket) => {
  socket.onFrame = ({ action, orderId }) => action === 'ping' ? socket.receive({ type: 'pong' }) : socket.status(orderId, 1);
};

test('a silent connection is pinged well before the idle limit of ten minutes, and kept', async () => {
  const { watch, opened, timers, network } = feedFixture();
  watch('o-1');
  const socket = await opened();
  answering(socket);
  await timers.pass(60 * MINUTE);
  assert.equal(network.sockets.length, 1);
  assert.ok(socket.sent('ping').length >= 14, `${socket.sent('ping').length} pings`);
});

test('a connection that has just received a frame is not pinged', async () => {
  const { watch, opened, timers } = feedFixture();
  watch('o-1');
  const socket = await opened();
  for (let version = 1; version < 20; version++) {
    await timers.pass(MINUTE);
    socket.status('o-1', version);
  }
  assert.deepEqual(socket.sent('ping'), []);
});

test('a connection that does not respond to a ping is replaced', async () => {
  const { watch, opened, timers, network, feed } = feedFixture();
  const { versions } = watch('o-1');
  const socket = await opened();
  socket.status('o-1', 1);
  await timers.pass(4 * MINUTE);
  assert.equal(socket.sent('ping').length, 1);
  await timers.pass(10 * SECOND);
  assert.deepEqual([feed.state, socket.closedWith], ['waiting', 1000]);
  await timers.pass(SECOND);
  const next = await opened();
  socket.status('o-1', 2);
  assert.deepEqual(versions, [1], 'what is given up is not heard any more');
  next.status('o-1', 2);
  assert.deepEqual([versions, network.sockets.length], [[1, 2], 2]);
});

test('any frame proves that the connection is open', async () => {
  const { watch, opened, timers, network } = feedFixture();
  watch('o-1');
  const socket = await opened();
  socket.status('o-1', 1);
  socket.onFrame = () => socket.receive({ message: 'Too Many Requests', connectionId: 'c' });
  await timers.pass(30 * MINUTE);
  assert.equal(network.sockets.length, 1);
});

test('waking makes the next attempt at once', async () => {
  const { watch, opened, network, feed, timers } = feedFixture({ timing: { backoff: 30 * SECOND } });
  watch('o-1');
  (await opened()).drop();
  assert.equal(feed.state, 'waiting');
  feed.wake();
  assert.equal(feed.state, 'connecting');
  feed.wake();
  await opened();
  await timers.pass(MINUTE - SECOND);
  assert.equal(network.sockets.length, 2);
});

test('waking checks a connection that seems open, once at a time', async () => {
  const { watch, opened, timers, feed } = feedFixture();
  watch('o-1');
  const socket = await opened();
  for (let second = 0; second < 10; second++) {
    feed.wake();
    await timers.pass(SECOND);
  }
  assert.equal(socket.sent('ping').length, 1);
  assert.equal(feed.state, 'waiting');
});

test('waking a feed that watches nothing does nothing', async () => {
  const { feed, network, timers } = feedFixture();
  feed.wake();
  await timers.pass(MINUTE);
  assert.deepEqual([network.sockets.length, timers.count, feed.state], [0, 0, 'idle']);
});

test('before two hours a new connection takes over while the old one still receives', async () => {
  const { watch, opened, timers, network, states } = feedFixture();
  const { versions } = watch('o-1', 'secret');
  const old = await opened();
  answering(old);
  old.status('o-1', 1);
  await timers.pass(99 * MINUTE);
  assert.equal(network.sockets.length, 2);
  old.status('o-1', 2);

  const next = await opened();
  assert.deepEqual(next.sent('subscribe').map(({ watchToken }) => watchToken), ['secret']);
  old.status('o-1', 3);
  next.status('o-1', 3);
  next.status('o-1', 4);
  old.status('o-1', 4);
  assert.deepEqual(versions, [1, 2, 3, 4]);
  assert.equal(old.closedWith, undefined);
  await timers.pass(15 * SECOND);
  assert.equal(old.closedWith, 1000);
  next.status('o-1', 5);
  assert.deepEqual(versions, [1, 2, 3, 4, 5]);
  assert.deepEqual(states, ['connecting', 'open']);
});

test('feeds that connected together do not replace their connections together', async () => {
  const ages = await Promise.all([0, 0.5, 0.999].map(async (chance) => {
    const { watch, opened, timers, network } = feedFixture({ random: () => chance });
    watch('o-1');
    answering(await opened());
    const replaced: number[] = [];
    network.onConnect = () => { replaced.push(timers.now); };
    await timers.pass(111 * MINUTE);
    return Math.round(replaced[0]! / MINUTE);
  }));
  assert.deepEqual(ages, [110, 105, 99]);
});

test('a message of the old connection is no response of the new one', async () => {
  const { watch, opened, timers } = feedFixture();
  const { errors } = watch('o-1');
  const old = await opened();
  answering(old);
  old.status('o-1', 1);
  await timers.pass(99 * MINUTE);
  const next = await opened();
  old.status('o-1', 2);
  old.refuse('not-found', 'o-1');
  await timers.pass(20 * SECOND);
  assert.deepEqual([next.sent('subscribe').length, errors.length], [2, 0]);
});

test('a new connection that fails is retried while the old one serves', async () => {
  const { watch, opened, timers, network, states, feed } = feedFixture();
  const { versions } = watch('o-1');
  const old = await opened();
  answering(old);
  network.onConnect = (socket) => queueMicrotask(() => socket.drop());
  await timers.pass(100 * MINUTE);
  old.status('o-1', 2);
  assert.ok(network.sockets.length > 4);
  assert.deepEqual([versions, states], [[1, 2], ['connecting', 'open']]);
  old.drop(1001);
  assert.equal(states.at(-1), 'waiting');
  network.onConnect = () => {};
  feed.wake();
  (await opened()).status('o-1', 3);
  assert.deepEqual(versions, [1, 2, 3]);
});

test('an old connection ends in time even if the new one is lost beside it', async () => {
  const { watch, opened, timers, network } = feedFixture();
  watch('o-1');
  const old = await opened();
  answering(old);
  await timers.pass(99 * MINUTE);
  (await opened()).drop();
  await timers.pass(SECOND);
  answering(await opened());
  assert.equal(old.closedWith, undefined);
  await timers.pass(15 * SECOND);
  assert.equal(old.closedWith, 1000);
  assert.equal(network.sockets.length, 3);
});

test('an old connection that is lost beside the new one has no effect', async () => {
  const { watch, opened, timers, network, states } = feedFixture();
  watch('o-1');
  const old = await opened();
  answering(old);
  await timers.pass(99 * MINUTE);
  answering(await opened());
  old.drop();
  await timers.pass(MINUTE);
  assert.deepEqual([network.sockets.length, states], [2, ['connecting', 'open']]);
});

test('a connection that is lost while the next is being made waits for that one', async () => {
  const { watch, opened, timers, network, states } = feedFixture();
  watch('o-1');
  const old = await opened();
  answering(old);
  await timers.pass(99 * MINUTE);
  old.drop();
  answering(await opened());
  await timers.pass(MINUTE);
  assert.deepEqual([network.sockets.length, states], [2, ['connecting', 'open', 'connecting', 'open']]);
});

test('connections that are replaced faster than they retire do not pile up', async () => {
  const { watch, network, timers } = feedFixture({ timing: { rotate: 10 * SECOND, overlap: 15 * SECOND } });
  network.onConnect = (socket) => queueMicrotask(() => socket.open());
  watch('o-1');
  await timers.pass(5 * MINUTE);
  assert.equal(network.sockets.filter(({ closedWith }) => closedWith === undefined).length, 2);
});

test('a connection that is lost just before its time is replaced by one, not two', async () => {
  const { watch, opened, timers, network } = feedFixture();
  watch('o-1');
  const old = await opened();
  answering(old);
  await timers.pass(99 * MINUTE - 2 * SECOND);
  old.drop();
  await timers.pass(10 * SECOND);
  assert.equal(network.sockets.length, 2);
});

test('an attempt that is due soon is not put off by the loss of the old connection', async () => {
  const { watch, opened, timers, network } = feedFixture();
  watch('o-1');
  const old = await opened();
  answering(old);
  await timers.pass(99 * MINUTE);
  network.last.drop();
  await timers.pass(SECOND / 2);
  old.drop();
  await timers.pass(SECOND / 2);
  assert.equal(network.sockets.length, 3);
});
