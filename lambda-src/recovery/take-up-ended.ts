import { EndedExecution, isDead, orderIdOf } from './ended-execution';
import { Recovery, takeUp } from './take-up';
import { logDone } from '../log';

/** Takes up the order of an execution that died, at once. */
export async function takeUpEnded(recovery: Recovery, ended: EndedExecution): Promise<void> {
  const { execution, status, error, cause } = ended;
  if (!isDead(ended)) return logDone('an execution is not dead', { execution, status });
  const orderId = orderIdOf(ended);
  if (orderId === undefined) return logDone('an execution died that has no order', { execution, status });
  const outcome = await takeUp(recovery, orderId, { execution, status, error, cause });
  logDone('an execution died', { execution, status, orderId, outcome });
}
