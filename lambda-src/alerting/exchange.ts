import type { ClockTiming } from '../timing';

/** The receiver will never take it: it is parked, and not tried again. */
export class Refused extends Error {
  public override readonly name = 'Refused';
}

/** The receiver did not take it in time: it may later. */
export class Unreachable extends Error {
  public override readonly name = 'Unreachable';
}

/** Chance and time, and how long there is. */
export interface Time {
  readonly timing: ClockTiming;
  readonly until: number;
}

const PATIENCE = 5_000;
const ATTEMPTS = 4;
const FIRST_PAUSE = 1_000;

/**
 * Posts JSON until the receiver takes it, a few times.
 *
 * The address can be a secret, so no error names it: the receiver is called by a name.
 */
export async function post(receiver: string, url: string, body: object, { timing, until }: Time): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const { problem, wait } = await postOnce(url, body, timing);
    if (!problem) return;
    if (wait === undefined) throw new Refused(`${receiver} answered ${problem}: it will not take this`);
    const pause = wait || timing.random() * FIRST_PAUSE * 2 ** attempt;
    if (attempt === ATTEMPTS || timing.now() + pause + PATIENCE > until) {
      throw new Unreachable(`${receiver} did not take it in ${attempt} attempts, at last: ${problem}`);
    }
    await timing.wait(pause);
  }
}

interface Outcome {
  readonly problem?: string;
  /** How many milliseconds to wait before another attempt: 0 if the receiver does not say, nothing if there is no use. */
  readonly wait?: number;
}

async function postOnce(url: string, body: object, timing: ClockTiming): Promise<Outcome> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      // Elsewhere nobody has said that the alert may go there.
      redirect: 'manual',
      signal: AbortSignal.timeout(PATIENCE),
    });
    // Nobody reads it, and an answer can be endless.
    await response.body?.cancel();
    if (response.ok) return {};
    const mayPass = response.status === 429 || response.status === 408 || response.status >= 500;
    return { problem: String(response.status), wait: mayPass ? askedFor(response.headers.get('retry-after'), timing.now()) : undefined };
  } catch (error) {
    const { name, cause } = error as Error & { readonly cause?: { readonly code?: string } };
    return { problem: cause?.code ?? name, wait: 0 };
  }
}

/** Seconds, or a date. */
function askedFor(retryAfter: string | null, now: number): number {
  if (!retryAfter) return 0;
  const seconds = Number(retryAfter);
  const wait = Number.isNaN(seconds) ? Date.parse(retryAfter) - now : seconds * 1_000;
  return wait > 0 ? wait : 0;
}
