import { EndedExecution, isDead, orderIdOf } from './ended-execution';
import { Recovery, takeUp } from './take-up';
import { logDone, logged } from '../log';

const WORDS = { done: 'an execution died', failed: 'an execution died, and its order was not taken up' };

/** Takes up the order of an execution that died, at once. */
export async function takeUpEnded(recovery: Recovery, ended: EndedExecution): Promise<void> {
  const { execution, status, error, cause } = ended;
  if (!isDead(ended)) return logDone('an execution is not dead', { execution, status });
  const orderId = orderIdOf(ended);
  if (orderId === undefined) return logDone('an execution died that has no order', { execution, status });
  const end = { execution, status, error, cause };
  await logged(WORDS, { execution, status, orderId }, async () => takeUp(recovery, orderId, end), outcome => ({ outcome }));
}
