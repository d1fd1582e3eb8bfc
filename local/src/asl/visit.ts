import { ContextObject, timestamp } from './context';
import { Evaluation } from './evaluation';
import { Aborted, ErrorName, EvaluationFailure, StateFailure } from './failures';
import { Payload } from './payload';
import { Run } from './run';
import { MapItem, Scope } from './scope';
import { StateIdentity } from './state-identity';
import { Json } from '../json';

/** One stay in one state: from its entered event to what it hands on. */
export class Visit {
  public retryCount = 0;
  public token?: string;
  private readonly enteredTime: string;
  private readonly enteredId: number;
  /** The event before this stay. */
  private readonly before: number;

  constructor(
    public readonly run: Run,
    public readonly scope: Scope,
    public readonly state: StateIdentity,
    public readonly input: Payload,
  ) {
    this.enteredTime = timestamp(run.clock.now());
    scope.staysIn = state.type;
    this.before = scope.trail.last;
    this.enteredId = this.record(`${state.type}StateEntered`, {
      name: state.name,
      input: input.text,
      inputDetails: { truncated: false },
    });
  }

  public record(type: string, details?: object): number {
    return this.scope.record(type, details);
  }

  /** What an expression of this state may look at. `document` is what `$` means in JSONPath. */
  public about(more: { document?: Json; result?: Json; errorOutput?: Json; mapItem?: MapItem } = {}): Evaluation {
    return {
      document: 'document' in more ? more.document! : this.input.value,
      input: this.input.value,
      result: more.result,
      errorOutput: more.errorOutput,
      context: this.context(more.mapItem ?? this.scope.mapItem),
      variables: this.scope.variables,
      now: this.run.clock.now(),
      random: this.run.random,
    };
  }

  public payload(output: Json): Payload {
    const payload = new Payload(output);
    if (payload.tooLarge) {
      throw new StateFailure(ErrorName.DATA_LIMIT_EXCEEDED, oversize(this.state.name));
    }
    return payload;
  }

  /** The error as the state's failure. A failed evaluation is recorded as an event of its own. */
  public failure(error: unknown): StateFailure {
    if (error instanceof StateFailure) {
      return error;
    }
    if (error instanceof RangeError) {
      return this.runtimeFailure(`The data is too large or nested too deep: ${error.message}`);
    }
    if (!(error instanceof EvaluationFailure)) {
      throw error;
    }
    const cause = this.causeOf(error.problem);
    if (error.error === ErrorName.QUERY_EVALUATION) {
      this.recordEvaluationFailed(error, cause);
    }
    return new StateFailure(error.error, cause);
  }

  /** A failure that ends the execution and cannot be caught. */
  public runtimeFailure(problem: string): StateFailure {
    return new StateFailure(ErrorName.RUNTIME, this.causeOf(problem));
  }

  private causeOf(problem: string): string {
    return `An error occurred while executing the state '${this.state.name}' (entered at the event id #${this.enteredId}). ${problem}`;
  }

  /** On AWS an expression that fails before anything else took place follows what came before the state. */
  private recordEvaluationFailed({ error, location, ofValue }: EvaluationFailure, cause: string): void {
    if (this.scope.trail.last === this.enteredId && !ofValue) {
      this.scope.trail.last = this.before;
    }
    this.record('EvaluationFailed', { error, cause, location, state: this.state.name });
  }

  /** Lets time pass; the end of the scope cuts it short. */
  public pause(ms: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const stopListening = this.scope.whenAborted(() => {
        cancel();
        reject(new Aborted());
      });
      const cancel = this.run.clock.after(ms, () => {
        stopListening();
        resolve();
      });
    });
  }

  private context(mapItem: MapItem | undefined): ContextObject {
    return {
      ...this.scope.execution,
      State: {
        Name: this.state.name,
        EnteredTime: this.enteredTime,
        ...(this.state.retries && { RetryCount: this.retryCount }),
      },
      ...(this.token !== undefined && { Task: { Token: this.token } }),
      ...(mapItem && { Map: { Item: mapItem } }),
    };
  }
}

export function oversize(stateOrTask: string): string {
  return `The state/task '${stateOrTask}' returned a result with a size exceeding the maximum number of bytes service limit.`;
}
