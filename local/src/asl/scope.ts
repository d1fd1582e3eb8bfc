import { ContextObject } from './context';
import { Aborted } from './failures';
import { History, Trail } from './history';
import { StateType } from './state';
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
  /** Has the last word in the history of a scope that is ended from outside. */
  readonly aborted?: (scope: Scope) => void;
}

/** Where a workflow runs: the execution itself, a branch of a Parallel, or an iteration of a Map. */
export class Scope {
  public readonly variables: Variables;
  public readonly history: History;
  public execution: ScopeOptions['execution'];
  public readonly trail: Trail;
  public readonly mapItem?: MapItem;
  /** The type of the state that is entered and not yet left. */
  public staysIn?: StateType;
  private readonly inner = new Set<Scope>();
  private readonly listeners = new Set<() => void>();
  private readonly aborted?: (scope: Scope) => void;
  private ended = false;

  constructor(options: ScopeOptions) {
    this.variables = options.variables;
    this.history = options.history;
    this.execution = options.execution;
    this.trail = options.trail ?? { last: 0 };
    this.mapItem = options.mapItem;
    this.aborted = options.aborted;
  }

  /** A scope that ends with this one, and is as this one where nothing else is said. */
  public open(other: Partial<ScopeOptions>): Scope {
    const { variables, history, execution, mapItem } = this;
    const scope = new Scope({ variables, history, execution, mapItem, trail: { last: this.trail.last }, ...other });
    this.inner.add(scope);
    return scope;
  }

  public close(scope: Scope): void {
    this.inner.delete(scope);
  }

  public record(type: string, details?: object): number {
    this.throwIfAborted();
    return this.history.record(this.trail, type, details);
  }

  public throwIfAborted(): void {
    if (this.ended) {
      throw new Aborted();
    }
  }

  /** Calls back when the scope is ended from outside. The answer takes the wish back. */
  public whenAborted(callback: () => void): () => void {
    this.listeners.add(callback);
    return () => this.listeners.delete(callback);
  }

  /** Ends what goes on here from outside, the innermost first. What still runs finds out when it next records or waits. */
  public abort(): void {
    if (this.ended) {
      return;
    }
    this.abortInner();
    this.recordAbortedState();
    this.aborted?.(this);
    this.ended = true;
    this.listeners.forEach((callback) => callback());
  }

  /** Ends all scopes within this one that are not closed. */
  public abortInner(): void {
    this.inner.forEach((scope) => scope.abort());
    this.inner.clear();
  }

  public recordAbortedState(): void {
    if (this.staysIn && ABORTABLE.has(this.staysIn)) {
      this.record(`${this.staysIn}StateAborted`);
    }
  }
}
