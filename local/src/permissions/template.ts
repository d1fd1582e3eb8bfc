import { joined, literal, Pattern, readPattern } from './pattern';
import { RequestContext } from './request-context';

/** A text of a policy in which variables stand for values of the call: `${aws:PrincipalAccount}`. */
export interface Template {
  /** The condition keys that its variables stand for. */
  readonly keys: readonly string[];
  /** What it says for every call, if it has no variables. */
  readonly constant?: Filled;
  /** What it says for a call; undefined if it needs a value that the call does not have. */
  fill(context: RequestContext): Filled | undefined;
}

/** A text with the wildcards that are in it: those of a variable's value are none. */
export interface Filled {
  readonly text: string;
  readonly pattern: Pattern;
}

/** Characters that are written as variables where they are no wildcards. */
const CHARACTERS = ['*', '?', '$'];
const VARIABLE = /\$\{([^}]*)\}/g;
const WITH_DEFAULT = /^([^,]+?)\s*,\s*'([^']*)'$/;

type Part = Filled | { readonly key: string; readonly otherwise?: string };

/** Only policies of the newer version have variables: in others they are plain text. */
export function readTemplate(text: string, hasVariables: boolean): Template {
  const parts: Part[] = hasVariables
    ? text.split(VARIABLE).map((part, index) => (index % 2 === 0 ? plain(part) : readVariable(part.trim())))
    : [plain(text)];
  const keys = parts.flatMap((part) => ('key' in part ? part.key : []));
  const constant = keys.length === 0 ? join(parts as Filled[]) : undefined;
  return { keys, constant, fill: (context) => constant ?? fillParts(parts, context) };
}

function plain(text: string): Filled {
  return { text, pattern: readPattern(text) };
}

function verbatim(text: string): Filled {
  return { text, pattern: literal(text) };
}

function readVariable(name: string): Part {
  if (CHARACTERS.includes(name)) {
    return verbatim(name);
  }
  const [, key, otherwise] = WITH_DEFAULT.exec(name) ?? [undefined, name];
  return { key: key!, ...(otherwise !== undefined && { otherwise }) };
}

function fillParts(parts: readonly Part[], context: RequestContext): Filled | undefined {
  const filled = parts.map((part) => ('key' in part ? valueOf(part, context) : part));
  return filled.includes(undefined) ? undefined : join(filled as Filled[]);
}

/** A key with several values cannot be a variable. */
function valueOf({ key, otherwise }: Extract<Part, { key: string }>, context: RequestContext): Filled | undefined {
  const values = context.values(key);
  const value = values?.length === 1 ? values[0] : otherwise;
  return value === undefined ? undefined : verbatim(value);
}

function join(parts: readonly Filled[]): Filled {
  return { text: parts.map(({ text }) => text).join(''), pattern: joined(parts.map(({ pattern }) => pattern)) };
}
