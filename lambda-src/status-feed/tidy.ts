import { Gate } from './gate';
import { logFailure } from '../log';

/** A thousand browsers can leave at once: what is left of them must not crowd out the reads and writes that cannot wait. */
const gate = new Gate(10);

/** What is not deleted now is met again by the next send, so it must not fail this one. */
export async function tidy(failure: string, connectionId: string, work: () => Promise<void>): Promise<void> {
  try {
    await gate.pass(work);
  } catch (error) {
    logFailure(failure, error, { connectionId });
  }
}
