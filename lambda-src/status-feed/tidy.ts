import { ConcurrencyLimit } from './concurrency-limit';
import { logFailure } from '../log';

/** Thousands of clients can disconnect at once: deleting their items must not delay other reads and writes. */
const limit = new ConcurrencyLimit(10);

/** Deletes items, and logs a failure: the next message to the connection deletes them again. */
export async function tidy(failure: string, connectionId: string, work: () => Promise<void>): Promise<void> {
  try {
    await limit.run(work);
  } catch (error) {
    logFailure(failure, error, { connectionId });
  }
}
