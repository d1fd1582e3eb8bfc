import { Assignments, block, jsonata, literal } from '../jsonata/expressions';

/**
 * One attribute of the order that a write sets or removes.
 *
 * @internal
 */
export interface OrderChange {
  /** Where it stands, by placeholders: `#status`, `#history.#next`. */
  readonly path: string;
  /** JSONata that yields the attribute value in DynamoDB's own form; without it the attribute is removed. */
  readonly value?: string;
  /** JSONata; the attribute is left alone where it does not hold. */
  readonly when?: string;
  /** Whether a value that is there already stays. */
  readonly unlessPresent?: boolean;
}

/** @internal */
export interface UpdateParts {
  readonly assignments: Assignments;
  readonly changes: OrderChange[];
  readonly condition: string;
  /** Attribute names that are computed: `#placeholder` to JSONata. */
  readonly names?: { [placeholder: string]: string };
  /** Values that the condition needs: `:placeholder` to JSONata that yields an attribute value. */
  readonly values: { [placeholder: string]: string };
}

/** A piece of an expression that is there always, or only when something holds. */
interface Piece {
  readonly text: string;
  readonly when?: string;
}

/**
 * The fields of a request that state what a conditional write changes.
 *
 * DynamoDB refuses names and values that its expression does not mention, so what depends on the step's outcome
 * comes and goes in all three together.
 *
 * @internal
 */
export function renderUpdate(parts: UpdateParts): { [field: string]: string } {
  const sets = parts.changes.filter((change) => change.value);
  const clauses = [
    clause('SET ', sets.map(assignment)),
    clause(' REMOVE ', parts.changes.filter((change) => !change.value).map(({ path, when }) => ({ text: path, when }))),
  ].filter((text) => text);
  const names = [
    ...placeholders(parts.condition).map((name) => ({ text: nameOf(name, parts) })),
    ...parts.changes.flatMap(({ path, when }) => placeholders(path).map((name) => ({ text: nameOf(name, parts), when }))),
  ];
  const values = [
    ...Object.entries(parts.values).map(([placeholder, value]) => ({ text: `${literal(placeholder)}: ${value}` })),
    ...sets.map((change) => ({ text: `${literal(valuePlaceholder(change))}: ${change.value}`, when: change.when })),
  ];
  return {
    UpdateExpression: parts.changes.some((change) => change.when)
      ? jsonata(block(parts.assignments, clauses.join(' & ')))
      : clauses.map((text) => text.slice(1, -1)).join(''),
    ConditionExpression: parts.condition,
    ExpressionAttributeNames: jsonata(block(parts.assignments, object(names))),
    ExpressionAttributeValues: jsonata(block(parts.assignments, object(values))),
  };
}

function assignment(change: OrderChange): Piece {
  const value = valuePlaceholder(change);
  return { text: `${change.path} = ${change.unlessPresent ? `if_not_exists(${change.path}, ${value})` : value}`, when: change.when };
}

function valuePlaceholder(change: OrderChange): string {
  return `:new${change.path.replace(/[#.]+(\w)/g, (_, first: string) => first.toUpperCase())}`;
}

function placeholders(text: string): string[] {
  return text.match(/#\w+/g) ?? [];
}

function nameOf(placeholder: string, parts: UpdateParts): string {
  return `${literal(placeholder)}: ${parts.names?.[placeholder] ?? literal(placeholder.slice(1))}`;
}

function clause(keyword: string, pieces: Piece[]): string {
  const always = pieces.filter((piece) => !piece.when).map((piece) => piece.text);
  const sometimes = pieces.filter((piece) => piece.when);
  if (sometimes.length === 0) {
    return always.length > 0 ? literal(`${keyword}${always.join(', ')}`) : '';
  }
  const all = `$join([${[
    ...(always.length > 0 ? [literal(always.join(', '))] : []),
    ...sometimes.map(({ text, when }) => `${when} ? ${literal(text)}`),
  ].join(', ')}], ', ')`;
  // A keyword with nothing behind it is not an expression: it goes when all of its pieces do.
  return always.length > 0
    ? `${literal(keyword)} & ${all}`
    : `(${sometimes.map(({ when }) => when).join(' or ')} ? ${literal(keyword)} & ${all} : '')`;
}

function object(pieces: Piece[]): string {
  const always = [...new Set(pieces.filter((piece) => !piece.when).map((piece) => piece.text))];
  const sometimes = pieces
    .filter((piece) => piece.when && !always.includes(piece.text))
    .map(({ text, when }) => `${when} ? {${text}}`);
  return sometimes.length > 0
    ? `$merge([{${always.join(', ')}}, ${[...new Set(sometimes)].join(', ')}])`
    : `{${always.join(', ')}}`;
}
