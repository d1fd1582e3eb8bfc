import { Tolerance } from './map-tolerance';
import { Json } from '../../json';
import { endsExecution, ErrorName, StateFailure } from '../failures';
import { MapItem, Scope } from '../scope';
import { Visit } from '../visit';

export interface Iteration {
  readonly item: MapItem;
  /** What the item selector makes of the item. */
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
  open(iteration: Iteration, input: Json): Scope;
  run(scope: Scope, input: Json): Promise<Json>;
  started(iteration: Iteration, scope: Scope): void;
  succeeded(iteration: Iteration, scope: Scope): void;
  failed(iteration: Iteration, scope: Scope): void;
}

/** Runs the iterations, so many at once, in the order of their items; the outputs of those that worked are the result. */
export function runIterations(request: MapRunRequest, kind: IterationKind): Promise<Json[]> {
  return new MapRun(request, kind).outcome;
}

class MapRun {
  public readonly outcome: Promise<Json[]>;
  private readonly outputs = new Map<number, Json>();
  private begun = 0;
  private failures = 0;
  private over = false;
  private resolve!: (outputs: Json[]) => void;
  private reject!: (error: unknown) => void;

  constructor(
    private readonly request: MapRunRequest,
    private readonly kind: IterationKind,
  ) {
    this.outcome = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
    this.goOn();
  }

  private goOn(): void {
    const { iterations, atOnce } = this.request;
    const ended = () => this.outputs.size + this.failures;
    if (ended() === iterations.length) {
      this.resolve(iterations.flatMap(({ item }) => (this.outputs.has(item.Index) ? [this.outputs.get(item.Index)!] : [])));
    }
    while (!this.over && this.begun < iterations.length && this.begun - ended() < atOnce && (Scope.hasRoom || this.begun === ended())) {
      this.begin(iterations[this.begun++]);
    }
  }

  /** The item selector comes first: if it does not work out, the map fails and the iteration never began. */
  private begin(iteration: Iteration): void {
    try {
      const input = iteration.input();
      if (input instanceof Promise) {
        input.then((selected) => this.run(iteration, selected)).catch((error: unknown) => this.failMap(error));
      } else {
        this.run(iteration, input);
      }
    } catch (error) {
      this.failMap(error);
    }
  }

  private run(iteration: Iteration, input: Json): void {
    if (this.over) {
      return;
    }
    const scope = this.kind.open(iteration, input);
    this.kind.started(iteration, scope);
    this.kind
      .run(scope, input)
      .then((output) => {
        this.kind.succeeded(iteration, scope);
        this.request.visit.scope.follow(scope);
        this.outputs.set(iteration.item.Index, output);
        this.goOn();
      })
      .catch((error: unknown) => this.fail(iteration, scope, error))
      .catch((error: unknown) => this.endWith(error));
  }

  private fail(iteration: Iteration, scope: Scope, error: unknown): void {
    if (this.over) {
      return;
    }
    const outer = this.request.visit.scope;
    if (endsExecution(error)) {
      this.endWith(error);
      return;
    }
    this.failures++;
    if (!this.request.tolerated.exceededBy(this.failures)) {
      this.kind.failed(iteration, scope);
      scope.recordUnfinished(scope.trail.last);
      outer.follow(scope);
      this.goOn();
      return;
    }
    this.over = true;
    outer.failWith(scope, () => this.kind.failed(iteration, scope));
    this.reject(this.request.tolerated.stated ? exceeded() : error);
  }

  private failMap(error: unknown): void {
    if (this.over) {
      return;
    }
    const { scope } = this.request.visit;
    try {
      const failure = this.request.visit.failure(error);
      if (!endsExecution(failure)) {
        scope.cutInner(scope.trail.last);
      }
      this.endWith(failure);
    } catch (other) {
      this.endWith(other);
    }
  }

  private endWith(error: unknown): void {
    this.over = true;
    this.request.visit.scope.endInner();
    this.reject(error);
  }
}

function exceeded(): StateFailure {
  return new StateFailure(ErrorName.TOLERATED_FAILURES, 'The specified tolerated failure threshold was exceeded');
}
