import { ErrorName, StateFailure } from './failures';
import { Clock } from '../clock';

/** One event, in the shape of GetExecutionHistory. */
export interface HistoryEvent {
  readonly id: number;
  readonly previousEventId: number;
  readonly timestamp: Date;
  readonly type: string;
  /** The details stand under a name made of the type, as `taskFailedEventDetails`. */
  readonly [details: string]: unknown;
}

/** The line of events that one branch of an execution leaves behind. */
export interface Trail {
  last: number;
}

/** Step Functions ends an execution that has filled its history. */
export const HISTORY_LIMIT = 25_000;

/** The texts of a history are kept in memory; a loop that changes a large payload would fill it. */
const MOST_CHARACTERS = 128 * 1024 * 1024;

export class History {
  private recorded = 0;
  private characters = 0;

  constructor(
    private readonly clock: Clock,
    private readonly onEvent?: (event: HistoryEvent) => void,
  ) {}

  /** Records an event of a running execution; the last place is kept for the one that ends it. */
  public record(trail: Trail, type: string, details?: object): number {
    if (this.recorded >= HISTORY_LIMIT - 1) {
      throw new StateFailure(ErrorName.RUNTIME, `The execution reached the maximum number of history events (${HISTORY_LIMIT}).`);
    }
    this.characters += this.onEvent ? charactersOf(details) : 0;
    if (this.characters > MOST_CHARACTERS) {
      throw new StateFailure(ErrorName.RUNTIME, 'The history of the execution is larger than the local cloud keeps in memory (128 MiB).');
    }
    return this.append(trail, type, details);
  }

  public recordEnd(trail: Trail, type: string, details?: object): number {
    return this.append(trail, type, details);
  }

  private append(trail: Trail, type: string, details?: object): number {
    const id = ++this.recorded;
    this.onEvent?.({
      id,
      previousEventId: trail.last,
      timestamp: new Date(this.clock.now()),
      type,
      ...(details && { [detailsName(type)]: details }),
    });
    trail.last = id;
    return id;
  }
}

function charactersOf(details: object = {}): number {
  return Object.values(details).reduce<number>((sum, value) => sum + (typeof value === 'string' ? value.length : 0), 0);
}

const namesOfDetails = new Map<string, string>();

function detailsName(type: string): string {
  let name = namesOfDetails.get(type);
  if (name === undefined) {
    const state = /State(Entered|Exited)$/.exec(type);
    name = state ? `state${state[1]}EventDetails` : `${type[0].toLowerCase()}${type.slice(1)}EventDetails`;
    namesOfDetails.set(type, name);
  }
  return name;
}
