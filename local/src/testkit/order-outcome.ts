import { stateOf } from './state-of-event';
import { HistoryEvent } from '../asl';
import { isJsonObject, Json } from '../json';
import { ExecutionRecord } from '../services/states/execution-record';

/** The row of an order. */
export interface OrderRow {
  readonly orderId: string;
  readonly status: string;
  readonly version: number;
  readonly reason?: string;
  readonly [attribute: string]: Json | undefined;
}

/** How an order ended. */
export interface OrderOutcome {
  readonly orderId: string;
  /** The order's status, or DUPLICATE for an execution whose order belongs to another one. */
  readonly status: string;
  readonly reason?: string;
  /** The states it went through, in their order. */
  readonly path: readonly string[];
  /** How the execution ended; FAILED raises an alarm; RUNNING waits for an operator because the order needs attention. */
  readonly execution: 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED' | 'RUNNING';
  /** The name of the error that the execution ended with. */
  readonly error?: string;
  readonly cause?: string;
  /** The order's row; there is none for an order that was invalid. */
  readonly order?: OrderRow;
}

export interface OrderHistory {
  /** The execution's events, in the shape of GetExecutionHistory. */
  readonly events: readonly HistoryEvent[];
  /** The names of the states that were entered, in their order. */
  readonly states: readonly string[];
  /** When a Task state was tried: the first time, and each time again. */
  attempts(state: string): Date[];
}

export function historyOf({ history }: ExecutionRecord): OrderHistory {
  const events = [...history];
  return {
    events,
    states: events.flatMap(enteredState),
    attempts: (state) => events
      .filter((event) => event.type.endsWith('Scheduled') && stateOf(events, event) === state)
      .map(({ timestamp }) => timestamp),
  };
}

/** @param order the row as it stands now. */
export function outcomeOf(record: ExecutionRecord, order: OrderRow | undefined): OrderOutcome {
  const { name, outcome = { status: 'RUNNING', error: undefined, cause: undefined } } = record;
  const output = outcome.status === 'SUCCEEDED' && isJsonObject(outcome.output) ? outcome.output : {};
  const ending = typeof output.status === 'string' ? output : order;
  const reason = ending?.reason as string | undefined;
  return {
    orderId: name,
    status: (ending?.status as string | undefined) ?? outcome.status,
    ...(reason !== undefined && { reason }),
    path: historyOf(record).states,
    execution: outcome.status,
    ...(outcome.status !== 'SUCCEEDED' && outcome.status !== 'RUNNING' && { error: outcome.error, cause: outcome.cause }),
    ...(order && { order }),
  };
}

function enteredState(event: HistoryEvent): string[] {
  const details = event.stateEnteredEventDetails as { name: string } | undefined;
  return details ? [details.name] : [];
}
