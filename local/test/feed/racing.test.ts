import { OrderFeed, OrderStatus } from 'cdk-order-workflow-client';
import { anOrder, FeedFixture } from './feed-fixture';

const RUNS = 1_000;
const SOCKETS = 10;
/** Runs that are under way side by side. */
const LANES = 12;
/** When a client subscribes: once the row is received, with the start, at the first status, or after the end. */
const MOMENTS = ['before', 'at once', 'during', 'after'] as const;

let shop: FeedFixture;
let feeds: OrderFeed[];

beforeAll(async () => {
  shop = await FeedFixture.open(() => ({ statusFeed: { maxSubscriptions: RUNS } }));
  feeds = Array.from({ length: SOCKETS }, () => new OrderFeed({ url: shop.url }));
});

afterAll(async () => {
  feeds?.forEach((feed) => feed.close());
  await shop?.close();
});

interface Run {
  readonly moment: (typeof MOMENTS)[number];
  readonly seen: readonly OrderStatus[];
}

test(`in each of ${RUNS} runs the final status arrives, whenever the subscription and the changes of status meet`, async () => {
  const ids = Array.from({ length: RUNS }, (_, index) => `order-${index}`);
  const begun = new Map<string, () => void>();
  shop.orders.onStatus(({ orderId, version }) => version > 1 && begun.get(orderId)?.());
  await shop.receive(...ids.map((orderId) => anOrder(orderId)));

  const runs: Run[] = [];
  const left = ids.entries();
  await Promise.all(Array.from({ length: LANES }, async () => {
    for (const [index, orderId] of left) {
      runs.push(await run(orderId, MOMENTS[index % MOMENTS.length], feeds[index % SOCKETS], begun));
    }
  }));

  expect(runs).toHaveLength(RUNS);
  for (const { seen } of runs) {
    expect(seen[seen.length - 1]).toMatchObject({ status: 'COMPLETED', version: 4 });
    expect(seen.map(({ version }) => version)).toEqual([...new Set(seen.map(({ version }) => version))].sort());
  }
  // The race was one: it was entered at each version of the order.
  expect(new Set(runs.map(({ seen }) => seen[0].version))).toEqual(new Set([1, 2, 3, 4]));
}, 120_000);

async function run(orderId: string, moment: Run['moment'], feed: OrderFeed, begun: Map<string, () => void>): Promise<Run> {
  const seen: OrderStatus[] = [];
  const watch = () => feed.watch(orderId, { token: shop.token(orderId), onStatus: (status) => seen.push(status) });
  const start = () => shop.orders.submit(anOrder(orderId));
  const isUnderWay = new Promise<void>((resolve) => begun.set(orderId, resolve));
  if (moment === 'before') {
    const watching = watch();
    await watching.until('RECEIVED');
    await start();
    await watching.until('COMPLETED');
  } else if (moment === 'at once') {
    const watching = watch();
    await start();
    await watching.until('COMPLETED');
  } else {
    const order = await start();
    await (moment === 'during' ? isUnderWay : order.outcome());
    await watch().until('COMPLETED');
  }
  return { moment, seen };
}
