import type { Assignment, Clause, Path, Removal, RowWrite } from '../../src/contract/row-write';

/** One thing left out of a write; `restore` puts it back. */
export interface Mutation {
  readonly what: string;
  /** Why it is kept although another clause covers for it. */
  readonly secondLine?: string;
  leaveOut(): void;
  restore(): void;
}

/** Each clause and each declared option of a write, to be left out in turn. */
export function mutationsOf(write: RowWrite): Mutation[] {
  return [
    ...clausesOf('must', write.must),
    ...clausesOf('replay', write.replay ?? []),
    ...(write.replay ? [propertyOf(write, 'replay', 'a retry is accepted')] : []),
    ...[...write.set, ...write.remove ?? []].flatMap((change) => optionsOf(change)),
    ...write.set.map((change, index) => element(write.set, index, `sets ${textOf(change.path)}`)),
    ...(write.remove ?? []).map((change, index) => element(write.remove!, index, `removes ${textOf(change.path)}`)),
  ];
}

function clausesOf(where: string, clauses: readonly Clause[]): Mutation[] {
  return clauses.flatMap((clause, index) => {
    const inner = 'anyOf' in clause ? clausesOf(`${where}, any of`, clause.anyOf) : 'allOf' in clause ? clausesOf(`${where}, all of`, clause.allOf) : [];
    // An alternative that is left out narrows the condition; a whole condition of alternatives that is left out widens it.
    return [...inner, { ...element(clauses, index, `${where}: ${clauseText(clause)}`), secondLine: 'path' in clause ? clause.secondLine : undefined }];
  });
}

function optionsOf(change: Assignment | Removal): Mutation[] {
  return (['when', 'unless', 'once'] as const)
    .filter((option) => (change as Assignment)[option] !== undefined)
    .map((option) => propertyOf(change, option, `${textOf(change.path)} ${option === 'once' ? 'only once' : `${option} ${(change as any)[option].parameter}`}`));
}

function element(list: readonly unknown[], index: number, what: string): Mutation {
  const array = list as unknown[];
  let kept: unknown;
  return {
    what,
    leaveOut: () => { [kept] = array.splice(index, 1); },
    restore: () => { array.splice(index, 0, kept); },
  };
}

function propertyOf(object: object, name: string, what: string): Mutation {
  const target = object as Record<string, unknown>;
  const kept = target[name];
  return {
    what,
    leaveOut: () => { delete target[name]; },
    restore: () => { target[name] = kept; },
  };
}

function clauseText(clause: Clause): string {
  if ('anyOf' in clause) return `(${clause.anyOf.map(clauseText).join(' or ')})`;
  if ('allOf' in clause) return `(${clause.allOf.map(clauseText).join(' and ')})`;
  const { path, equals, differsFrom, exists } = clause;
  if (equals) return `${textOf(path)} = ${valueText(equals)}`;
  return differsFrom ? `${textOf(path)} <> ${valueText(differsFrom)}` : `${textOf(path)} ${exists ? 'is there' : 'is missing'}`;
}

function valueText(value: object): string {
  const { parameter, next, constant } = value as { parameter?: string; next?: { parameter: string }; constant?: unknown };
  return parameter ?? (next ? `${next.parameter} + 1` : String(constant));
}

function textOf(path: Path): string {
  return path.map((segment) => typeof segment === 'string' ? segment : `{${valueText(segment)}}`).join('.');
}
