import { ContextObject } from './context';
import { Aborted } from './failures';
import { History, Trail } from './history';
import { StateType } from './state-identity';
import { Variables } from './variables';

/** The states whose stay can be cut short, and so the ones that have an aborted event. */
const ABORTABLE: ReadonlySet<StateType> = new Set<StateType>(['Task', 'Wait', 'Parallel', 'Map']);

export type MapItem = NonNullable<ContextObject['Map']>['Item'];

interface ScopeOptions {
  readonly variables: Variables;
  readonly history: History;
  readonly execution: Pick<ContextObject, 'Execution' | 'StateMachine'>;
  readonly trail?: Trail;
  readonly mapItem?: MapItem;
  /** Records in the history that the scope is cut short because another one failed. */
  readonly cutShort?: (scope: Scope, after: number) => void;
}

/** How many scopes may be open in the process before a Map begins one iteration after the other. */
const MOST_OPEN = 20_000;

let openScopes = 0;

/** Where a workflow runs: the execution itself, a branch of a Parallel, or an iteration of a Map. */
export class Scope {
  public readonly variables: Variables;
  public readonly history: History;
  public readonly execution: ScopeOptions['execution'];
  public readonly trail: Trail;
  public readonly mapItem?: MapItem;
  /** The type of the state that is entered and not yet left. */
  public staysIn?: StateType;
  private readonly inner = new Set<Scope>();
  private readonly listeners = new Set<() => void>();
  private readonly cutShort?: (scope: Scope, after: number) => void;
  private ended = false;

  constructor(options: ScopeOptions) {
    this.variables = options.variables;
    this.history = options.history;
    this.execution = options.execution;
    this.trail = options.trail ?? { last: 0 };
    this.mapItem = options.mapItem;
    this.cutShort = options.cutShort;
  }

  /** A scope that ends with this one, with the same options unless others are given. */
  public open(other: Partial<ScopeOptions>): Scope {
    const { variables, history, execution, mapItem } = this;
    const scope = new Scope({ variables, history, execution, mapItem, trail: { last: this.trail.last }, ...other });
    this.inner.add(scope);
    openScopes++;
    return scope;
  }

  public record(type: string, details?: object): number {
    this.throwIfAborted();
    return this.history.record(this.trail, type, details);
  }

  /** Records an event that the next one does not follow: it goes on from where the trail was before. */
  public recordAside(type: string, details?: object, after = this.trail.last): void {
    this.throwIfAborted();
    this.history.record({ last: after }, type, details);
  }

  /** Maps in maps could open more scopes than the memory of the process has room for. */
  public static get hasRoom(): boolean {
    return openScopes < MOST_OPEN;
  }

  public get hasEnded(): boolean {
    return this.ended;
  }

  public throwIfAborted(): void {
    if (this.ended) {
      throw new Aborted();
    }
  }

  /** Calls back when the scope is ended from outside. Returns how to stop listening. */
  public whenAborted(callback: () => void): () => void {
    this.listeners.add(callback);
    return () => this.listeners.delete(callback);
  }

  /** The inner scope has finished: the history of this one continues after it. */
  public follow(scope: Scope): void {
    this.forget(scope);
    this.trail.last = Math.max(this.trail.last, this.lastOf(scope));
  }

  /** The inner scope has failed, and the others are ended with it. `recordFailure` records its failure in the history, in its place among theirs. */
  public failWith(failed: Scope, recordFailure: () => void = () => undefined): void {
    const after = this.lastOf(failed);
    for (const scope of this.inner) {
      if (scope === failed) {
        recordFailure();
        scope.recordUnfinished(after);
        scope.end();
      } else {
        scope.cut(after);
      }
    }
    this.inner.forEach((scope) => this.forget(scope));
    this.trail.last = after;
  }

  /** A task or a wait that failed has no event of its own: AWS records it as aborted. */
  public recordUnfinished(after: number): void {
    if (this.staysIn === 'Task' || this.staysIn === 'Wait') {
      this.recordAside(`${this.staysIn}StateAborted`, undefined, after);
    }
  }

  /** Ends the inner scopes, each with an event in the history that follows the given one. */
  public cutInner(after: number): void {
    this.inner.forEach((scope) => scope.cut(after));
    this.inner.forEach((scope) => this.forget(scope));
  }

  /** Ends the inner scopes without events: what ends them ends the execution. */
  public endInner(): void {
    this.inner.forEach((scope) => scope.end());
    this.inner.forEach((scope) => this.forget(scope));
  }

  /** Ends the scope without an event. What still runs in it is aborted when it next records or waits. */
  public end(): void {
    this.endInner();
    this.ended = true;
    this.listeners.forEach((callback) => callback());
  }

  private forget(scope: Scope): void {
    if (this.inner.delete(scope)) {
      openScopes--;
    }
  }

  private cut(after: number): void {
    this.cutShort?.(this, after);
    if (this.staysIn && ABORTABLE.has(this.staysIn)) {
      this.recordAside(`${this.staysIn}StateAborted`, undefined, after);
    }
    this.cutInner(after);
    this.end();
  }

  /** The last event of an inner scope, if it writes into the same history. */
  private lastOf(scope: Scope): number {
    return scope.history === this.history ? scope.trail.last : this.trail.last;
  }
}
