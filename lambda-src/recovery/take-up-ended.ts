import { EndedExecution, isDead, orderIdOf } from './ended-execution';
import { Recovery, takeUp } from './take-up';

/** Takes up the order of an execution that died, at once. */
export async function takeUpEnded(recovery: Recovery, ended: EndedExecution): Promise<void> {
  const { execution, status, error, cause } = ended;
  if (!isDead(ended)) return log('an execution is not dead', { execution, status });
  const orderId = orderIdOf(ended);
  if (orderId === undefined) return log('an execution died that has no order', { execution, status });
  const outcome = await takeUp(recovery, orderId, { execution, status, error, cause });
  log('an execution died', { execution, status, orderId, outcome });
}

function log(what: string, about: Readonly<Record<string, string>>): void {
  console.log(JSON.stringify({ what, ...about }));
}
