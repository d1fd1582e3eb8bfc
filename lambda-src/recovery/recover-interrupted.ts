import { EndedExecution, isInterrupted, orderIdOf } from './ended-execution';
import { recoverOrder } from './recover-order';
import type { Sweep } from './sweep';
import { metricLine } from './sweep-metrics';
import { logDone, logged } from '../log';

const WORDS = { done: 'an execution was interrupted', failed: 'an execution was interrupted, and its order was not recovered' };

export type Watch = Pick<Sweep, 'recovery' | 'metricNamespace' | 'workflow' | 'print'>;

/** Recovers the order of an execution that was interrupted, at once. */
export async function recoverInterrupted({ recovery, metricNamespace, workflow, print }: Watch, ended: EndedExecution): Promise<void> {
  const { execution, status, error, cause } = ended;
  if (!isInterrupted(ended)) return logDone('an execution was not interrupted', { execution, status });
  const orderId = orderIdOf(ended);
  if (orderId === undefined) return logDone('an execution without an order was interrupted', { execution, status });
  const end = { execution, status, error, cause };
  const about = { execution, status, orderId };
  const outcome = await logged(WORDS, about, async () => recoverOrder(recovery, orderId, end), found => ({ outcome: found }));
  print(metricLine(metricNamespace, workflow, recovery.now(), {
    OrdersRecovered: outcome === 'recovered' ? 1 : 0, OrdersStarted: outcome === 'started' ? 1 : 0,
  }));
}
