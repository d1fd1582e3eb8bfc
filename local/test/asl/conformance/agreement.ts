import { RecordedCase } from './cases';
import { agrees } from './masked';
import { Json } from '../../../src';
import { Ran } from '../running';

/** In what a run agrees with the recording of it. */
export interface Agreement {
  readonly recorded: RecordedCase;
  readonly answer: boolean;
  readonly order: boolean;
  /** Undefined where the recording has no failure. */
  readonly cause?: boolean;
}

export function agreementOf(recorded: RecordedCase, ran: Ran): Agreement {
  const { status, error, cause, output } = recorded.expected;
  const answer = status === ran.status && (ran.status === 'SUCCEEDED' ? agrees(output ?? null, ran.output) : (error ?? undefined) === ran.error);
  const order = ran.types.join() === recorded.events.join();
  if (status !== 'FAILED') {
    return { recorded, answer, order };
  }
  return { recorded, answer, order, cause: ran.status === 'FAILED' && sameCause(cause ?? null, ran.cause) };
}

/** A recording has the cause as text, or as the JSON that is its text. */
function sameCause(recorded: Json, actual: string | undefined): boolean {
  if (recorded === null || typeof recorded === 'string') {
    return agrees(recorded, actual ?? null);
  }
  return actual !== undefined && agrees(recorded, parsed(actual));
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

/** A line for the report, with the cases that do not agree below it. */
export function reportOf(
  what: string,
  agreements: readonly Agreement[],
  agreed: (one: Agreement) => boolean | undefined,
): { share: number; lines: string[] } {
  const judged = agreements.filter((one) => agreed(one) !== undefined);
  const others = judged.filter((one) => !agreed(one));
  const share = 1 - others.length / judged.length;
  const numbers = `${judged.length - others.length} of ${judged.length} (${(100 * share).toFixed(1)} %)`;
  return { share, lines: [`${what}: ${numbers}`, ...others.map(({ recorded: { id, source } }) => `  not ${id} ${source}`)] };
}
