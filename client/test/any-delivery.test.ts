import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { feedFixture, MINUTE, SECOND, type Watching } from './feed-fixture.ts';
import { UnreliableServer } from './unreliable-server.ts';

const step = fc.oneof(
  { weight: 5, arbitrary: fc.constant({ do: 'publish' as const }) },
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 30 }).map((seconds) => ({ do: 'pass' as const, seconds })) },
  { weight: 1, arbitrary: fc.constant({ do: 'pass' as const, seconds: 100 * 60 }) },
  { weight: 1, arbitrary: fc.constant({ do: 'watch' as const }) },
  { weight: 1, arbitrary: fc.constant({ do: 'stop' as const }) },
  { weight: 1, arbitrary: fc.constant({ do: 'drop' as const }) },
  { weight: 1, arbitrary: fc.constant({ do: 'wake' as const }) },
);

test('whatever the delivery, a watch receives strictly rising versions and ends with the final one', async () => {
  await fc.assert(fc.asyncProperty(
    fc.array(step, { maxLength: 30 }),
    fc.array(fc.nat(1000), { maxLength: 200 }),
    fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })),
    async (steps, decisions, chances) => {
      const { feed, timers, network, watch, errors } = feedFixture({ random: () => chances.next().value as number });
      const server = new UnreliableServer(timers, (choices) => (decisions.shift() ?? 0) % choices);
      network.onConnect = server.accept;
      const watching: Watching[] = [watch('o-1')];
      const stopped: Array<{ watching: Watching; received: number }> = [];

      for (const next of [...steps, { do: 'watch' as const }, { do: 'publish' as const }]) {
        switch (next.do) {
          case 'publish': server.publish(); break;
          case 'pass': await timers.pass(next.seconds * SECOND); break;
          case 'watch': watching.push(watch('o-1')); break;
          case 'drop': server.dropAll(); break;
          case 'wake': feed.wake(); break;
          case 'stop': {
            const old = watching.shift();
            old?.watch.stop();
            if (old) {
              stopped.push({ watching: old, received: old.versions.length });
            }
          }
        }
      }
      decisions.length = 0;
      await timers.pass(5 * MINUTE);

      for (const { versions } of [...watching, ...stopped.map((each) => each.watching)]) {
        assert.ok(versions.every((version, index) => index === 0 || version > versions[index - 1]!), `${versions}`);
      }
      for (const { versions } of watching) {
        assert.equal(versions.at(-1), server.version);
      }
      for (const { watching: { versions }, received } of stopped) {
        assert.equal(versions.length, received);
      }
      assert.deepEqual(errors, []);

      const sent = network.sockets.at(-1)!.frames.length;
      await timers.pass(60 * SECOND);
      assert.ok(network.sockets.at(-1)!.frames.length - sent <= 1, 'a working subscription is not sent again');
      feed.close();
      assert.equal(network.sockets.filter(({ closedWith }) => closedWith === undefined).length, 0, 'every socket is closed');
    },
  ), { numRuns: 300 });
});

test('no frame breaks the feed', async () => {
  const almostAMessage = fc.record({
    type: fc.constantFrom('order.status', 'error', 'pong', 'x'),
    orderId: fc.oneof(fc.constant('o-2'), fc.jsonValue()),
    status: fc.jsonValue(),
    version: fc.jsonValue(),
    at: fc.jsonValue(),
    code: fc.jsonValue(),
    message: fc.jsonValue(),
    reason: fc.jsonValue(),
  }, { requiredKeys: [] });
  const frame = fc.oneof(fc.string(), fc.json(), fc.uint8Array(), almostAMessage.map((message) => JSON.stringify(message)));
  await fc.assert(fc.asyncProperty(fc.array(frame), async (frames) => {
    const { watch, opened, feed } = feedFixture();
    const { versions } = watch('o-1');
    const socket = await opened();
    frames.forEach((each) => socket.receiveFrame(each));
    socket.status('o-1', 1);
    assert.deepEqual([versions, feed.state], [[1], 'open']);
    feed.close();
  }));
});
