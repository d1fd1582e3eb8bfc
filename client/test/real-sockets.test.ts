import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { WebSocket as WsWebSocket } from 'ws';
import { OrderFeed, type FeedSocketConstructor } from '../src/index.ts';
import { aWebSocketServer, status } from './web-socket-server.ts';

const clients: Array<[string, FeedSocketConstructor]> = [['the machine', globalThis.WebSocket], ['ws', WsWebSocket]];

for (const [whose, WebSocket] of clients) {
  test(`the WebSocket of ${whose}: the status of an order, over closes of every kind`, async (context) => {
    const server = await aWebSocketServer(context);
    let version = 0;
    server.answer = (connection, { action, orderId }) => {
      if (action === 'subscribe') {
        version++;
        const ends = [() => connection.close(1000), () => connection.close(1001), () => connection.terminate(),
          () => connection.close(1009), () => connection.send('x'.repeat(100_000), () => connection.close(1011))];
        connection.send(status(orderId, version, version === 6 ? 'COMPLETED' : undefined), ends[version - 1]);
      }
    };
    const versions: number[] = [];
    const feed = new OrderFeed({ url: server.url, WebSocket, timing: { backoff: 5 } });
    const watch = feed.watch('o-1', { onStatus: (change) => versions.push(change.version) });
    assert.equal((await watch.until('COMPLETED')).version, 6);
    assert.deepEqual(versions, [1, 2, 3, 4, 5, 6]);
    feed.close();
  });

  test(`the WebSocket of ${whose}: a server that is not there yet`, async (context) => {
    const server = await aWebSocketServer(context);
    server.answer = (connection, { orderId }) => connection.send(status(orderId, 1));
    let attempts = 0;
    const feed = new OrderFeed({
      url: () => ++attempts < 4 ? 'ws://127.0.0.1:1' : server.url,
      WebSocket,
      timing: { backoff: 5 },
    });
    assert.equal((await feed.watch('o-1').until('S1')).version, 1);
    assert.equal(attempts, 4);
    feed.close();
  });

  test(`the WebSocket of ${whose}: a connection that is replaced while statuses go on`, async (context) => {
    const server = await aWebSocketServer(context);
    const versions: number[] = [];
    let version = 0;
    server.answer = (_, { orderId }) => {
      // Each subscription drops a connection in favour of the next; every version is sent on all of them.
      version++;
      server.connections.forEach((each) => each.send(status(orderId, version, version === 5 ? 'COMPLETED' : undefined)));
    };
    const feed = new OrderFeed({ url: server.url, WebSocket, timing: { rotate: 20, overlap: 30 } });
    const watch = feed.watch('o-1', { onStatus: (change) => versions.push(change.version) });
    await watch.until('COMPLETED');
    feed.close();
    assert.deepEqual(versions, [...new Set(versions)].sort());
    assert.equal(versions.at(-1), 5);
    assert.ok(server.connections.length > 1);
  });

  test(`the WebSocket of ${whose}: a feed that is closed while it connects`, async (context) => {
    const server = await aWebSocketServer(context);
    const feed = new OrderFeed({ url: server.url, WebSocket });
    const end = feed.watch('o-1').until('COMPLETED');
    await Promise.resolve();
    feed.close();
    await assert.rejects(end, /closed/);
  });
}

for (const [how, last] of [['the feed is closed', 'feed.close()'], ['its last watch is stopped', 'watch.stop()']] as const) {
  test(`a process can end when ${how}`, async (context) => {
    const server = await aWebSocketServer(context);
    server.answer = (connection, { action, orderId }) => action === 'subscribe' && connection.send(status(orderId, 1, 'COMPLETED'));
    const script = `
      import { OrderFeed } from ${JSON.stringify(new URL('../src/index.ts', import.meta.url).href)};
      const feed = new OrderFeed({ url: ${JSON.stringify(server.url)}, timing: { linger: 20 } });
      const watch = feed.watch('o-1');
      console.log((await watch.until('COMPLETED')).status);
      ${last};
    `;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script]);
    assert.equal(stdout, 'COMPLETED\n');
  });
}
