import { logFailure } from '../log';

/** What is not deleted now is met again by the next send, so it must not fail this one. */
export async function tidy(failure: string, connectionId: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    logFailure(failure, error, { connectionId });
  }
}
