import type { Recovery } from './recover-order';
import { metricLine } from './sweep-metrics';
import { SweptOrders } from './swept-orders';
import { OPEN_SHARDS } from '../../src/contract/open-orders';

/** An order that no execution has taken by then is started again: far longer than an intake runs, or an execution needs to begin. */
const UNSTARTED_SECONDS = 60;

/** Where and how to look for overdue orders. */
export interface Sweep {
  readonly recovery: Recovery;
  readonly overdueSeconds: number;
  readonly metricNamespace: string;
  readonly workflow: string;
  /** How many milliseconds the invocation has left. */
  timeLeft(): number;
  /** Writes a line to the log as it is. */
  print(line: string): void;
}

/**
 * Recovers every order that is open for too long, the oldest of each shard first, and starts those that no execution has taken. It begins
 * at a random shard, so that one whose orders take all the time does not keep the others from being swept.
 */
export async function sweep({ recovery, overdueSeconds, metricNamespace, workflow, timeLeft, print }: Sweep): Promise<void> {
  const now = recovery.now();
  const before = (seconds: number) => new Date(now - seconds * 1_000).toISOString();
  const swept = new SweptOrders(recovery, { overdue: before(overdueSeconds), unstarted: before(UNSTARTED_SECONDS) }, timeLeft);
  const first = Math.floor(recovery.random() * OPEN_SHARDS.length);
  for (const shard of [...OPEN_SHARDS.slice(first), ...OPEN_SHARDS.slice(0, first)]) {
    await swept.addShard(shard);
  }
  swept.logWhatIsLeft();
  print(metricLine(metricNamespace, workflow, now, {
    OverdueOrders: swept.count('at work', 'left to an operator', 'started', 'given up', 'recovered', 'failed'),
    OrdersNeedingAttention: swept.count('needs attention'),
    OrdersRecovered: swept.count('recovered'),
    OrdersStarted: swept.count('started'),
  }));
  swept.throwIfAnyFailed();
}
