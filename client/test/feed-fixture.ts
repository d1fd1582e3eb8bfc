import { OrderFeed, type FeedState, type OrderFeedError, type OrderFeedOptions, type OrderStatus, type OrderWatch } from '../src/index.ts';
import { FakeNetwork, type FakeSocket } from './fake-network.ts';
import { settled, VirtualTimers } from './virtual-timers.ts';

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;

export interface Watching {
  readonly watch: OrderWatch;
  readonly versions: number[];
  readonly statuses: OrderStatus[];
  readonly errors: OrderFeedError[];
}

/** A feed on a network and a time of the test's own. By default jitter is at its longest. */
export function feedFixture(options: Partial<OrderFeedOptions> = {}) {
  const timers = new VirtualTimers();
  const network = new FakeNetwork();
  const states: FeedState[] = [];
  const errors: OrderFeedError[] = [];
  const feed = new OrderFeed({
    url: 'wss://feed.example/prod',
    WebSocket: network.WebSocket,
    timers,
    random: () => 1,
    onState: (state) => states.push(state),
    onError: (error) => errors.push(error),
    ...options,
  });

  const watch = (orderId: string, token?: string): Watching => {
    const watching = { versions: [] as number[], statuses: [] as OrderStatus[], errors: [] as OrderFeedError[] };
    return {
      ...watching,
      watch: feed.watch(orderId, {
        token,
        onStatus: (status) => {
          watching.versions.push(status.version);
          watching.statuses.push(status);
        },
        onError: (error) => watching.errors.push(error),
      }),
    };
  };

  /** The connection that is being made, opened. */
  const opened = async (): Promise<FakeSocket> => {
    await settled();
    network.last.open();
    await settled();
    return network.last;
  };

  return { feed, timers, network, states, errors, watch, opened };
}
