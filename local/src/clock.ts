/** Ends a timer that has not fired yet; harmless afterwards. */
export type CancelTimer = () => void;

/** All time that the local cloud knows comes from here, so that a test can move it. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;

  /** Calls back once, `ms` from now. */
  after(ms: number, callback: () => void): CancelTimer;

  /** Resolves `ms` from now; rejects with the signal's reason when it is aborted before. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;

  /**
   * Says that real work (a worker, a socket, a database) is under way until the promise settles.
   * Virtual time stands still meanwhile; a wait on this same clock must therefore not be inside.
   */
  busy<T>(work: Promise<T>): Promise<T>;
}

/** `sleep` in terms of `after`, the same for every clock. */
export function sleepWith(clock: Pick<Clock, 'after'>, ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason as Error);
      return;
    }
    const aborted = () => {
      cancel();
      reject(signal?.reason as Error);
    };
    const cancel = clock.after(ms, () => {
      signal?.removeEventListener('abort', aborted);
      resolve();
    });
    signal?.addEventListener('abort', aborted, { once: true });
  });
}
