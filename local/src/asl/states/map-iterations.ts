import { Tolerance } from './map-tolerance';
import { Json } from '../../json';
import { ErrorName, StateFailure } from '../failures';
import { Scope } from '../scope';
import { Visit } from '../visit';

export interface Iteration {
  readonly index: number;
  readonly value: Json;
  /** Its input, made when the iteration begins. */
  input(): Json | Promise<Json>;
}

export interface MapRunRequest {
  readonly visit: Visit;
  readonly iterations: readonly Iteration[];
  readonly atOnce: number;
  readonly tolerated: Tolerance;
}

/** How an iteration runs, and what the history says of it: inline and distributed maps differ only in this. */
export interface IterationKind {
  open(iteration: Iteration): Scope;
  run(iteration: Iteration, scope: Scope): Promise<Json>;
  started(iteration: Iteration, scope: Scope): void;
  succeeded(iteration: Iteration, scope: Scope): void;
  failed(iteration: Iteration, scope: Scope): void;
}

/** Runs the iterations, so many at once, in the order of their items; the outputs of those that worked are the result. */
export function runIterations({ visit, iterations, atOnce, tolerated }: MapRunRequest, kind: IterationKind): Promise<Json[]> {
  return new Promise((resolve, reject) => {
    const outputs = new Map<number, Json>();
    let begun = 0;
    let failures = 0;
    let over = false;

    const end = (error: unknown): void => {
      over = true;
      visit.scope.abortInner();
      reject(error);
    };
    const goOn = (): void => {
      if (over) {
        return;
      }
      if (outputs.size + failures === iterations.length) {
        resolve(iterations.filter(({ index }) => outputs.has(index)).map(({ index }) => outputs.get(index)!));
        return;
      }
      while (begun < iterations.length && begun - outputs.size - failures < atOnce) {
        begin(iterations[begun++]);
      }
    };
    const begin = (iteration: Iteration): void => {
      const scope = kind.open(iteration);
      kind.started(iteration, scope);
      kind
        .run(iteration, scope)
        .then((output) => {
          scope.throwIfAborted();
          kind.succeeded(iteration, scope);
          visit.scope.close(scope);
          outputs.set(iteration.index, output);
          goOn();
        })
        .catch((error: unknown) => fail(iteration, scope, error));
    };
    const fail = (iteration: Iteration, scope: Scope, error: unknown): void => {
      if (over || !(error instanceof StateFailure) || error.error === ErrorName.RUNTIME) {
        end(error);
        return;
      }
      failures++;
      kind.failed(iteration, scope);
      visit.scope.close(scope);
      if (!tolerated.exceededBy(failures)) {
        goOn();
        return;
      }
      const othersRun = begun > outputs.size + failures;
      over = true;
      visit.scope.abortInner();
      if (othersRun) {
        // Recorded on AWS: ended together with the others, the failed iteration's task counts as aborted too.
        scope.recordAbortedState();
      }
      reject(tolerated.stated ? exceeded() : error);
    };
    goOn();
  });
}

function exceeded(): StateFailure {
  return new StateFailure(ErrorName.TOLERATED_FAILURES, 'The specified tolerated failure threshold was exceeded');
}

/** The iteration's input; an item selector that does not work out is the map's own failure. */
export async function inputOf(visit: Visit, iteration: Iteration): Promise<Json> {
  try {
    return await iteration.input();
  } catch (error) {
    throw visit.failure(error);
  }
}
