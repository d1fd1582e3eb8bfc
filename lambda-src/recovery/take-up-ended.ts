import { EndedExecution, isDead, orderIdOf } from './ended-execution';
import type { Sweep } from './sweep';
import { metricLine } from './sweep-metrics';
import { takeUp } from './take-up';
import { logDone, logged } from '../log';

const WORDS = { done: 'an execution died', failed: 'an execution died, and its order was not taken up' };

export type Watch = Pick<Sweep, 'recovery' | 'metricNamespace' | 'workflow' | 'print'>;

/** Takes up the order of an execution that died, at once. */
export async function takeUpEnded({ recovery, metricNamespace, workflow, print }: Watch, ended: EndedExecution): Promise<void> {
  const { execution, status, error, cause } = ended;
  if (!isDead(ended)) return logDone('an execution is not dead', { execution, status });
  const orderId = orderIdOf(ended);
  if (orderId === undefined) return logDone('an execution died that has no order', { execution, status });
  const end = { execution, status, error, cause };
  const outcome = await logged(WORDS, { execution, status, orderId }, async () => takeUp(recovery, orderId, end), found => ({ outcome: found }));
  print(metricLine(metricNamespace, workflow, recovery.now(), {
    OrdersRecovered: outcome === 'recovered' ? 1 : 0, OrdersStarted: outcome === 'started' ? 1 : 0,
  }));
}
