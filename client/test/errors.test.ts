import assert from 'node:assert/strict';
import { test } from 'node:test';
import { feedFixture, MINUTE, SECOND } from './feed-fixture.ts';
import { settled } from './virtual-timers.ts';

for (const code of ['not-found', 'bad-request']) {
  test(`${code} ends the watch that it is about, and no other`, async () => {
    const { watch, opened, timers } = feedFixture();
    const refused = watch('o-1');
    const other = watch('o-2');
    const socket = await opened();
    socket.refuse(code, 'o-1');
    socket.status('o-1', 1);
    socket.status('o-2', 1);
    await timers.pass(MINUTE);
    assert.deepEqual(refused.errors.map(({ code: reported, orderId, final, message }) => ({ reported, orderId, final, message })), [
      { reported: code, orderId: 'o-1', final: true, message: `it is ${code}` },
    ]);
    assert.deepEqual(refused.versions, []);
    assert.deepEqual(other.versions, [1]);
    assert.deepEqual(other.errors, []);
    assert.equal(socket.sent('subscribe').filter(({ orderId }) => orderId === 'o-1').length, 1);
  });
}

test('a refused order is not subscribed again after a reconnect, and can be watched anew', async () => {
  const { watch, opened, timers, network } = feedFixture();
  watch('o-1');
  watch('o-2');
  (await opened()).refuse('not-found', 'o-1');
  network.last.drop();
  await timers.pass(SECOND);
  const socket = await opened();
  assert.deepEqual(socket.sent('subscribe').map(({ orderId }) => orderId), ['o-2']);
  const again = watch('o-1', 'a better token');
  socket.status('o-1', 1);
  assert.deepEqual(again.versions, [1]);
});

test('a refusal concerns the watches with that token', async () => {
  const { watch, opened } = feedFixture();
  const good = watch('o-1', 'good');
  const bad = watch('o-1', 'bad');
  const socket = await opened();
  assert.deepEqual(socket.sent('subscribe').map(({ watchToken }) => watchToken), ['bad']);
  socket.refuse('not-found', 'o-1');
  assert.deepEqual(socket.sent('subscribe').map(({ watchToken }) => watchToken), ['bad', 'good']);
  socket.status('o-1', 1);
  assert.deepEqual([good.versions, good.errors], [[1], []]);
  assert.deepEqual([bad.versions, bad.errors.map(({ code }) => code)], [[], ['not-found']]);
});

test('a temporary error is reported, and the subscription retried with growing delays', async () => {
  const { watch, opened, timers } = feedFixture();
  const { errors, versions } = watch('o-1');
  const socket = await opened();
  const subscribedAt: number[] = [];
  socket.onFrame = () => subscribedAt.push(timers.now / SECOND);
  socket.refuse('too-many-subscriptions', 'o-1');
  socket.onFrame = () => {
    subscribedAt.push(timers.now / SECOND);
    socket.refuse('too-many-subscriptions', 'o-1');
  };
  await timers.pass(100 * SECOND);
  assert.deepEqual(subscribedAt, [2, 6, 14, 30, 60, 90]);
  assert.deepEqual([errors.length, errors[0]?.final], [7, false]);
  socket.onFrame = () => socket.status('o-1', 3);
  await timers.pass(MINUTE);
  assert.deepEqual(versions, [3]);
});

test('a subscription without a response is sent again', async () => {
  const { watch, opened, timers } = feedFixture();
  watch('o-1');
  const socket = await opened();
  socket.receive({ message: 'Internal server error', connectionId: 'c', requestId: 'r' });
  await timers.pass(16 * SECOND);
  assert.equal(socket.sent('subscribe').length, 2);
  socket.status('o-1', 1);
  await timers.pass(3 * MINUTE);
  assert.equal(socket.sent('subscribe').length, 2);
});

test('a response resets the delays', async () => {
  const { watch, opened, timers } = feedFixture();
  watch('o-1');
  const socket = await opened();
  await timers.pass(3 * MINUTE);
  socket.status('o-1', 1);
  const subscribedAt = socket.sent('subscribe').length;
  socket.refuse('internal', 'o-1');
  await timers.pass(SECOND);
  assert.equal(socket.sent('subscribe').length, subscribedAt + 1);
});

test('an order whose subscription failed while it had no watch is subscribed again for its next watch', async () => {
  const { watch, opened, timers } = feedFixture();
  const { watch: first } = watch('o-1');
  const socket = await opened();
  socket.status('o-1', 1);
  first.stop();
  socket.refuse('internal', 'o-1');
  await timers.pass(3 * SECOND);
  watch('o-1');
  assert.equal(socket.sent('subscribe').length, 2);
});

test('a watch that was stopped by the error callback of another does not receive the error', async () => {
  const { feed, watch, opened } = feedFixture();
  feed.watch('o-1', { onError: () => second.watch.stop() });
  const second = watch('o-1');
  (await opened()).refuse('internal', 'o-1');
  assert.deepEqual(second.errors, []);
});

test('an error without an order is reported to the feed', async () => {
  const { watch, opened, errors } = feedFixture();
  const watching = watch('o-1');
  const socket = await opened();
  socket.refuse('unknown-action');
  socket.refuse('bad-request', 'o-unknown');
  assert.deepEqual(errors.map(({ code, orderId, final }) => [code, orderId, final]), [['unknown-action', undefined, false]]);
  assert.deepEqual(watching.errors, []);
});

test('an error of a watch without an error callback is reported to the feed', async () => {
  const { feed, opened, errors } = feedFixture();
  feed.watch('o-1');
  (await opened()).refuse('not-found', 'o-1');
  assert.deepEqual(errors.map(({ code, orderId }) => [code, orderId]), [['not-found', 'o-1']]);
});

test('callbacks that throw or reject are reported and have no other effect', async () => {
  const boom = new Error('boom');
  const { feed, watch, opened, errors, states } = feedFixture({ onState: () => { throw boom; } });
  feed.watch('o-1', { onStatus: () => { throw boom; } });
  feed.watch('o-1', { onStatus: async () => { throw boom; }, onError: () => { throw boom; } });
  const good = watch('o-1');
  const socket = await opened();
  socket.status('o-1', 1);
  socket.refuse('internal', 'o-1');
  socket.status('o-1', 2);
  await settled();
  assert.deepEqual(good.versions, [1, 2]);
  assert.deepEqual(states, []);
  const thrown = errors.filter(({ code }) => code === 'callback-threw');
  assert.deepEqual([thrown.length, thrown.every(({ cause }) => cause === boom)], [7, true]);
});

test('what an error callback throws goes to the console', async (context) => {
  const log = context.mock.method(console, 'error', () => {});
  const boom = new Error('boom');
  const { feed, opened } = feedFixture({ onError: () => { throw boom; } });
  feed.watch('o-1');
  (await opened()).refuse('not-found', 'o-1');
  await settled();
  assert.deepEqual(log.mock.calls.map(({ arguments: args }) => args[0]), [boom]);
});

test('a watch may be begun anew from its error callback', async () => {
  const { feed, watch, opened } = feedFixture();
  let anew: ReturnType<typeof watch> | undefined;
  feed.watch('o-1', { token: 'old', onError: () => { anew ??= watch('o-1', 'new'); } });
  const socket = await opened();
  socket.refuse('not-found', 'o-1');
  socket.status('o-1', 1);
  assert.deepEqual(socket.sent('subscribe').map(({ watchToken }) => watchToken), ['old', 'new']);
  assert.deepEqual(anew?.versions, [1]);
});

test('frames that are no messages of the feed change nothing', async () => {
  const { watch, opened, feed, errors } = feedFixture();
  const watching = watch('o-1');
  const socket = await opened();
  const status = { type: 'order.status', orderId: 'o-1', status: 'PAID', version: 1, at: '2026-01-01T00:00:00Z' };
  for (const frame of ['', '{', 'null', '7', '"text"', '[]', '{}', '[{"type":"order.status"}]', new ArrayBuffer(3), undefined]) {
    socket.receiveFrame(frame);
  }
  for (const version of ['1', -1, 0, 1.5, null, 2 ** 60]) {
    socket.receive({ ...status, version });
  }
  for (const change of [{ orderId: 1 }, { status: {} }, { type: 'order.noise' }]) {
    socket.receive({ ...status, ...change });
  }
  socket.receive({ type: 'pong' });
  assert.deepEqual([watching.versions, watching.errors, errors, feed.state], [[], [], [], 'open']);
  socket.receive({ ...status, extra: 1, reason: 5 });
  assert.deepEqual(watching.statuses, [{ orderId: 'o-1', status: 'PAID', version: 1, at: '2026-01-01T00:00:00Z' }]);
});
