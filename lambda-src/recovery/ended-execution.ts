import type { End } from './executions';
import { isOrderId } from '../order/order-contract';
import { isOrderKey } from '../order/order-key';
import { orderIdInName } from '../step-functions/state-machine';

/** An execution that ended, as EventBridge reports it, with what identifies its order. */
export interface EndedExecution extends End {
  readonly name?: unknown;
  readonly input?: unknown;
}

const INTERRUPTIONS = new Set(['ABORTED', 'FAILED', 'TIMED_OUT']);

/** The execution that an event is about, if it is about one. */
export function executionIn(event: unknown): EndedExecution | undefined {
  const { detail } = (event ?? {}) as { detail?: Record<string, unknown> | null };
  if (typeof detail?.executionArn !== 'string') return undefined;
  const { executionArn, status, name, input, error, cause } = detail;
  return { execution: executionArn, status: String(status), name, input, error: textOf(error), cause: textOf(cause) };
}

export function isInterrupted({ status }: EndedExecution): boolean {
  return INTERRUPTIONS.has(status);
}

/** The order of an execution: its input has the id, or else its name, where the workflow gave it its name. */
export function orderIdOf({ input, name }: EndedExecution): string | undefined {
  const sent = sentOrderId(input);
  if (isOrderKey(sent)) return sent;
  const named = typeof name === 'string' ? orderIdInName(name) : undefined;
  return isOrderId(named) ? named : undefined;
}

function sentOrderId(input: unknown): unknown {
  try {
    return (JSON.parse(String(input)) as { orderId?: unknown } | null)?.orderId;
  } catch {
    return undefined;
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
