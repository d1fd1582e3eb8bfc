/**
 * Conditional writes on the order's row, as data: what must hold, and what is set and removed.
 *
 * Two renderers bind them, one for handlers and one for the states of the state machine, so a rule of the row is written once.
 */

/** The type of a parameter; with a `?`, it may have no value. */
export type ParameterType = 'text' | 'number' | 'document' | 'flag' | 'text?' | 'number?' | 'document?' | 'flag?';

/** A value that the writer supplies. */
export interface Parameter {
  readonly parameter: string;
  readonly type: ParameterType;
}

/** The number after that of a parameter. */
export interface Next {
  readonly next: Parameter;
}

/** A value of a write. An entry of a map whose parameter has no value is left out. */
export type Value =
  | Parameter
  | Next
  | { readonly constant: string | number | boolean }
  /** The shard of the index of open orders to which an order's id belongs. */
  | { readonly shardOf: Parameter }
  | { readonly map: Readonly<Record<string, Value>> };

/** Where a value stands: names, and names that a parameter gives. */
export type Path = ReadonlyArray<string | Parameter | Next>;

interface ConditionClause {
  readonly path: Path;
  readonly equals?: Value;
  readonly differsFrom?: Value;
  readonly exists?: boolean;
  /** Why it is kept although another clause covers for it as long as all else is right. */
  readonly secondLine?: string;
}

/** A part of a condition. */
export type Clause = ConditionClause | { readonly anyOf: readonly Clause[] } | { readonly allOf: readonly Clause[] };

/** An attribute, or a part of one, that a write sets. A value that is a parameter without a value is not set. */
export interface Assignment {
  readonly path: Path;
  readonly value: Value;
  /** Set only where this parameter has a value, or is a flag that holds. */
  readonly when?: Parameter;
  /** Set only where this parameter has no value, or is a flag that does not hold. */
  readonly unless?: Parameter;
  /** Whether a value that is there already stays. */
  readonly once?: boolean;
}

/** An attribute, or a part of one, that a write removes. */
export interface Removal {
  readonly path: Path;
  readonly when?: Parameter;
  readonly unless?: Parameter;
}

/** A conditional write on the order's row. */
export interface RowWrite<P extends Parameters = Parameters> {
  readonly parameters: P;
  /** What must hold of the row. */
  readonly must: readonly Clause[];
  /** What the row is like after this very write: where it holds, the write changes nothing and succeeds, because it is a retry. */
  readonly replay?: readonly Clause[];
  readonly set: readonly Assignment[];
  readonly remove?: readonly Removal[];
}

export interface Parameters {
  readonly [name: string]: ParameterType;
}

type TypeOf<T> = T extends 'text' | 'text?' ? string : T extends 'number' | 'number?' ? number : T extends 'flag' | 'flag?' ? boolean : unknown;
type Optional<P> = { [K in keyof P]: P[K] extends `${string}?` ? K : never }[keyof P];

/** The values that a handler gives to a write. */
export type Values<P> = { readonly [K in Exclude<keyof P, Optional<P>>]: TypeOf<P[K]> } & { readonly [K in Optional<P>]?: TypeOf<P[K]> | undefined };

/** The expressions that a state gives to a write. */
export type Expressions<P> = { readonly [K in Exclude<keyof P, Optional<P>>]: string } & { readonly [K in Optional<P>]?: string | undefined };

/** The parameters of a write by their names, for its clauses and values. */
export function parametersOf<P extends Parameters>(types: P): { readonly [K in keyof P]: Parameter } {
  return Object.fromEntries(Object.entries(types).map(([parameter, type]) => [parameter, { parameter, type }])) as { [K in keyof P]: Parameter };
}

/** Whether a parameter may have no value. */
export function isOptional({ type }: Parameter): boolean {
  return type.endsWith('?');
}

export function isFlag({ type }: Parameter): boolean {
  return type.startsWith('flag');
}

export function equals(path: string | Path, value: Value, secondLine?: string): Clause {
  return { path: pathOf(path), equals: value, secondLine };
}

export function differs(path: string | Path, value: Value): Clause {
  return { path: pathOf(path), differsFrom: value };
}

export function exists(path: string | Path, secondLine?: string): Clause {
  return { path: pathOf(path), exists: true, secondLine };
}

export function missing(path: string | Path, secondLine?: string): Clause {
  return { path: pathOf(path), exists: false, secondLine };
}

export function constant(value: string | number | boolean): Value {
  return { constant: value };
}

function pathOf(path: string | Path): Path {
  return typeof path === 'string' ? [path] : path;
}
