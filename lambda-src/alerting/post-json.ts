import type { ClockTiming } from '../timing';

/** The receiver will never accept the alert: it goes to the dead-letter queue and is not retried. */
export class DeliveryRefused extends Error {
  public override readonly name = 'DeliveryRefused';
}

/** The receiver did not accept the alert in time: it may later. */
export class DeliveryFailed extends Error {
  public override readonly name = 'DeliveryFailed';
}

/** The clock, and the time at which to stop trying. */
export interface Deadline {
  readonly timing: ClockTiming;
  readonly until: number;
}

const REQUEST_TIMEOUT = 5_000;
const ATTEMPTS = 4;
const FIRST_DELAY = 1_000;

/**
 * Posts JSON, with retries, until the receiver accepts it.
 *
 * The URL can be a secret, so no error names it: the receiver has a name for that.
 */
export async function postJson(receiver: string, url: string, body: object, { timing, until }: Deadline): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const { problem, retryAfter } = await postOnce(url, body, timing);
    if (!problem) return;
    if (retryAfter === undefined) throw new DeliveryRefused(`${receiver} answered ${problem}: a retry would not help`);
    const delay = retryAfter || timing.random() * FIRST_DELAY * 2 ** attempt;
    if (attempt === ATTEMPTS || timing.now() + delay + REQUEST_TIMEOUT > until) {
      throw new DeliveryFailed(`${receiver} did not accept the alert in ${attempt} attempts, the last of which met ${problem}`);
    }
    await timing.wait(delay);
  }
}

interface Outcome {
  readonly problem?: string;
  /** How many milliseconds to wait before a retry: 0 if the receiver sets no time, undefined if a retry would not help. */
  readonly retryAfter?: number;
}

async function postOnce(url: string, body: object, timing: ClockTiming): Promise<Outcome> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      // The alert may go to the configured host only.
      redirect: 'manual',
      signal: AbortSignal.timeout(REQUEST_TIMEOUT),
    });
    // The body is not needed, and it can be endless.
    await response.body?.cancel();
    if (response.ok) return {};
    const isRetryable = response.status === 429 || response.status === 408 || response.status >= 500;
    return { problem: String(response.status), retryAfter: isRetryable ? delayIn(response.headers.get('retry-after'), timing.now()) : undefined };
  } catch (error) {
    const { name, cause } = error as Error & { readonly cause?: { readonly code?: string } };
    return { problem: cause?.code ?? name, retryAfter: 0 };
  }
}

/** The header holds seconds or a date. */
function delayIn(header: string | null, now: number): number {
  if (!header) return 0;
  const seconds = Number(header);
  const delay = Number.isNaN(seconds) ? Date.parse(header) - now : seconds * 1_000;
  return delay > 0 ? delay : 0;
}
