import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OrderFeed } from '../src/index.ts';
import { feedFixture, MINUTE, SECOND } from './feed-fixture.ts';
import { settled } from './virtual-timers.ts';

test('the address is requested anew for each connection, and may come later', async () => {
  let ticket = 0;
  const { watch, opened, network, timers } = feedFixture({
    url: async () => ({ url: `wss://feed.example/prod?ticket=${++ticket}`, protocols: ['feed', 'jwt'] }),
  });
  watch('o-1');
  (await opened()).drop();
  await timers.pass(SECOND);
  await opened();
  assert.deepEqual(network.sockets.map(({ url }) => url), ['wss://feed.example/prod?ticket=1', 'wss://feed.example/prod?ticket=2']);
  assert.deepEqual(network.last.protocols, ['feed', 'jwt']);
});

for (const [what, url] of [
  ['rejects', () => Promise.reject(new Error('signed out'))],
  ['throws', () => { throw new Error('signed out'); }],
] as const) {
  test(`an address that ${what} is reported and requested again`, async () => {
    let signedIn = false;
    const { watch, network, timers, errors, states } = feedFixture({ url: () => signedIn ? 'wss://feed.example/prod' : url() });
    watch('o-1');
    await settled();
    assert.deepEqual(errors.map(({ code, cause }) => [code, (cause as Error).message]), [['connect-failed', 'signed out']]);
    assert.equal(states.at(-1), 'waiting');
    signedIn = true;
    await timers.pass(SECOND);
    assert.equal(network.sockets.length, 1);
  });
}

test('an invalid address is reported', async () => {
  const { watch, errors, feed } = feedFixture({ url: () => 'nonsense', WebSocket: WebSocket });
  watch('o-1');
  await settled();
  assert.deepEqual(errors.map(({ code, final }) => [code, final]), [['connect-failed', false]]);
  feed.close();
});

test('a url that cannot be one is refused at once', () => {
  assert.throws(() => new OrderFeed({ url: 'https://feed.example' }), {
    name: 'TypeError',
    message: 'url must begin with wss:// or be a function, got "https://feed.example"',
  });
  assert.throws(() => new OrderFeed({} as { url: string }), TypeError);
});

test('where there is no WebSocket, an error says so', (context) => {
  const machine = globalThis.WebSocket;
  context.after(() => { globalThis.WebSocket = machine; });
  (globalThis as { WebSocket?: unknown }).WebSocket = undefined;
  assert.throws(() => new OrderFeed({ url: 'wss://feed.example' }), /no global WebSocket/);
});

for (const code of [1000, 1001, 1006, 1009, 4000]) {
  test(`after a close with ${code} everything is subscribed again, and nothing received twice`, async () => {
    const { watch, opened, network, timers, states, feed } = feedFixture();
    const first = watch('o-1', 't-1');
    const second = watch('o-2');
    const socket = await opened();
    socket.status('o-1', 1);
    socket.status('o-2', 1);
    socket.drop(code);
    assert.equal(feed.state, 'waiting');
    socket.status('o-1', 2);
    await timers.pass(SECOND);
    const next = await opened();
    assert.equal(network.sockets.length, 2);
    assert.deepEqual(next.sent('subscribe'), [
      { action: 'subscribe', orderId: 'o-1', watchToken: 't-1' }, { action: 'subscribe', orderId: 'o-2' },
    ]);
    next.status('o-1', 1);
    next.status('o-2', 4);
    assert.deepEqual([first.versions, second.versions], [[1], [1, 4]]);
    await timers.pass(MINUTE);
    assert.equal(next.sent('subscribe').length, 2, 'an answer that skips versions is no gap');
    assert.deepEqual(states, ['connecting', 'open', 'waiting', 'connecting', 'open']);
  });
}

test('the delays between attempts grow, up to a limit', async () => {
  const { watch, network, timers } = feedFixture();
  const attempts: number[] = [];
  network.onConnect = (socket) => {
    attempts.push(timers.now / SECOND);
    queueMicrotask(() => socket.drop());
  };
  watch('o-1');
  await timers.pass(130 * SECOND);
  assert.deepEqual(attempts, [0, 1, 3, 7, 15, 31, 61, 91, 121]);
});

test('a server that accepts and closes at once is not flooded', async () => {
  const { watch, network, timers } = feedFixture();
  network.onConnect = (socket) => queueMicrotask(() => {
    socket.open();
    socket.drop(1001);
  });
  watch('o-1');
  await timers.pass(10 * MINUTE);
  assert.equal(network.sockets.length, 24);
});

test('the delays are reset after a while of being connected', async () => {
  const { watch, network, timers, opened } = feedFixture();
  network.onConnect = (socket) => queueMicrotask(() => socket.drop());
  watch('o-1');
  await timers.pass(20 * SECOND);
  network.onConnect = () => {};
  await timers.pass(11 * SECOND);
  const socket = await opened();
  socket.status('o-1', 1);
  await timers.pass(30 * SECOND);
  const attempts = network.sockets.length;
  socket.drop();
  await timers.pass(SECOND);
  assert.equal(network.sockets.length, attempts + 1);
});

test('a thousand clients that were disconnected together reconnect spread over the whole time', async () => {
  const delays: number[] = [];
  for (let client = 0; client < 1000; client++) {
    const { watch, opened, network, timers } = feedFixture({ random: Math.random, timing: { backoff: 8 * SECOND } });
    watch('o-1');
    (await opened()).drop();
    network.onConnect = () => delays.push(timers.now);
    await timers.pass(8 * SECOND);
  }
  assert.equal(delays.length, 1000);
  for (let second = 0; second < 8; second++) {
    const within = delays.filter((delay) => Math.floor(delay / SECOND) === second).length;
    assert.ok(within > 50 && within < 250, `${within} in second ${second}`);
  }
});

test('a connection that does not open in time is abandoned', async () => {
  const { watch, network, timers } = feedFixture();
  watch('o-1');
  await timers.pass(21 * SECOND);
  assert.equal(network.sockets.length, 2);
  assert.equal(network.sockets[0]?.closedWith, 1000);
  network.sockets[0]?.open();
  assert.deepEqual(network.sockets[0]?.frames, []);
});

test('an address that does not come in time is abandoned, and is not used when it comes late', async () => {
  const answers: Array<(url: string) => void> = [];
  const { watch, network, timers } = feedFixture({ url: () => new Promise((resolve) => { answers.push(resolve); }) });
  watch('o-1');
  await timers.pass(21 * SECOND);
  answers[1]?.('wss://feed.example/second');
  await settled();
  answers[0]?.('wss://feed.example/first');
  await settled();
  assert.deepEqual(network.sockets.map(({ url }) => url), ['wss://feed.example/second']);
});

test('a watch that is stopped while connecting is not subscribed', async () => {
  const { watch, opened, timers, feed } = feedFixture();
  const { watch: theWatch, versions } = watch('o-1');
  await settled();
  theWatch.stop();
  const socket = await opened();
  socket.status('o-1', 1);
  assert.deepEqual([socket.frames, versions], [[], []]);
  await timers.pass(5 * SECOND);
  assert.equal(socket.closedWith, 1000);
  assert.deepEqual([feed.state, timers.count], ['idle', 0]);
});

test('a feed that is closed while it waits for the address makes no connection', async () => {
  const { watch, network, feed, timers, states } = feedFixture();
  watch('o-1');
  feed.close();
  await settled();
  assert.equal(network.sockets.length, 0);
  assert.deepEqual([timers.count, states], [0, ['connecting', 'closed']]);
});

test('a feed that is closed in its own onState requests no address', async () => {
  let requested = 0;
  const { feed, watch } = feedFixture({ onState: () => feed.close(), url: () => `wss://feed.example/${++requested}` });
  watch('o-1');
  await settled();
  assert.equal(requested, 0);
});

test('an address that fails after the feed was closed is not reported', async () => {
  const { feed, watch, errors } = feedFixture({ url: async () => { throw new Error('signed out'); } });
  watch('o-1');
  feed.close();
  await settled();
  assert.deepEqual(errors, []);
});

test('a closed feed is silent, has no timer, and cannot be used again', async () => {
  const { watch, opened, feed, timers, states, errors } = feedFixture();
  const watching = watch('o-1');
  const socket = await opened();
  socket.status('o-1', 1);
  feed.close();
  feed.close();
  feed.wake();
  socket.status('o-1', 2);
  socket.drop();
  watching.watch.stop();
  await timers.pass(MINUTE);
  assert.equal(socket.closedWith, 1000);
  assert.deepEqual([watching.versions, watching.errors, errors], [[1], [], []]);
  assert.deepEqual([states, feed.state, timers.count], [['connecting', 'open', 'closed'], 'closed', 0]);
  assert.throws(() => feed.watch('o-1'), /closed/);
});

test('a socket that throws when it is sent on is left to its close event', async () => {
  const { watch, opened, timers, network } = feedFixture();
  watch('o-1');
  const socket = await opened();
  socket.send = () => { throw new Error('closing'); };
  const { versions } = watch('o-2');
  socket.drop(1001);
  await timers.pass(SECOND);
  (await opened()).status('o-2', 1);
  assert.equal(network.sockets.length, 2);
  assert.deepEqual(versions, [1]);
});

test('an error is the end of a connection, even where no close follows', async () => {
  const { watch, network, timers, feed } = feedFixture();
  watch('o-1');
  await settled();
  network.last.fail();
  assert.equal(feed.state, 'waiting');
  await timers.pass(SECOND);
  assert.equal(network.sockets.length, 2);
});

test('a feed that was idle starts with the first delay again', async () => {
  const { watch, network, timers } = feedFixture();
  network.onConnect = (socket) => queueMicrotask(() => socket.drop());
  const { watch: first } = watch('o-1');
  await timers.pass(60 * SECOND);
  first.stop();
  await timers.pass(60 * SECOND);
  assert.equal(timers.count, 0);
  const attempts = network.sockets.length;
  watch('o-1');
  await timers.pass(SECOND);
  assert.equal(network.sockets.length, attempts + 2);
});

test('no timer is longer than setTimeout allows', async () => {
  const { watch, opened, timers } = feedFixture({ timing: { rotate: Infinity } });
  const waits: number[] = [];
  const start = timers.setTimeout.bind(timers);
  timers.setTimeout = (callback, milliseconds) => {
    waits.push(milliseconds);
    return start(callback, milliseconds);
  };
  watch('o-1');
  await opened();
  assert.equal(Math.max(...waits), 2 ** 31 - 1);
});
