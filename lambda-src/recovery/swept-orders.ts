import { Outcome, Recovery, recoverOrder } from './recover-order';
import { startUnstarted } from './start-again';
import { Failure } from '../failure';
import { logDone, logFailure } from '../log';
import type { OpenOrder } from '../order/orders';
import { ConcurrencyLimit } from '../status-feed/concurrency-limit';

/** How many orders are recovered at a time. */
const AT_A_TIME = 8;
/** The milliseconds of an invocation that are reserved for the orders in progress. */
const RESERVE = 20_000;
/** The outcomes that are logged: with the others, the order is as it was. */
const LOGGED: ReadonlySet<Outcome> = new Set<Outcome>(['started', 'given up', 'recovered']);

/** The orders that a sweep finds. One that cannot be recovered does not keep it from the others. */
export class SweptOrders {
  private readonly limit = new ConcurrencyLimit(AT_A_TIME);
  private readonly outcomes: Array<Outcome | 'failed' | 'left'> = [];
  private shardsFailed = 0;
  private shardsLeft = 0;

  /**
   * @param since an order that is open since then, or longer, is overdue; or unstarted, if no execution has taken it
   * @param timeLeft how many milliseconds the invocation has left
   */
  public constructor(
    private readonly recovery: Recovery, private readonly since: { readonly overdue: string; readonly unstarted: string },
    private readonly timeLeft: () => number,
  ) {}

  public async addShard(shard: string): Promise<void> {
    try {
      if (!await this.isSweptInTime(shard)) this.shardsLeft++;
    } catch (error) {
      this.shardsFailed++;
      logFailure('a shard of the open orders was not read to its end', error, { shard });
    }
  }

  public count(...wanted: Array<Outcome | 'failed' | 'left'>): number {
    return this.outcomes.filter(outcome => wanted.includes(outcome)).length;
  }

  public logWhatIsLeft(): void {
    if (this.shardsLeft === 0) return;
    logDone('a sweep had no time left: the next one goes on', { ordersLeft: this.count('left'), shardsLeft: this.shardsLeft });
  }

  public throwIfAnyFailed(): void {
    const orders = this.count('failed');
    if (orders + this.shardsFailed === 0) return;
    throw new Failure('OrdersLeftOpen', `${orders} overdue orders were not recovered and ${this.shardsFailed} shards not read: `
      + 'the next sweep tries again; if it goes on, see the log for the causes');
  }

  private async isSweptInTime(shard: string): Promise<boolean> {
    if (this.isTimeUp()) return false;
    for await (const orders of this.recovery.orders.openUpTo(shard, this.since.unstarted)) {
      const due = orders.filter(order => this.isOverdue(order) || order.owner === undefined);
      const outcomes = await Promise.all(due.map(async order => this.limit.run(async () => this.outcomeOf(order))));
      this.outcomes.push(...outcomes);
      if (this.isTimeUp()) return false;
    }
    return true;
  }

  private async outcomeOf(order: OpenOrder): Promise<Outcome | 'failed' | 'left'> {
    if (this.isTimeUp()) return 'left';
    const [{ orderId }, isOverdue] = [order, this.isOverdue(order)];
    try {
      const outcome = await (isOverdue ? recoverOrder(this.recovery, orderId) : startUnstarted(this.recovery, orderId));
      if (outcome === 'left to an operator') logDone('an overdue order belongs to an earlier state machine: take it over', { orderId, outcome });
      if (LOGGED.has(outcome)) logDone(`an ${isOverdue ? 'overdue' : 'unstarted'} order was ${outcome}`, { orderId, outcome });
      return outcome;
    } catch (error) {
      logFailure(isOverdue ? 'an overdue order was not recovered' : 'an unstarted order was not started', error, { orderId });
      return 'failed';
    }
  }

  private isOverdue({ openSince }: OpenOrder): boolean {
    return openSince! <= this.since.overdue;
  }

  private isTimeUp(): boolean {
    return this.timeLeft() < RESERVE;
  }
}
