import { literal, Pattern, readPattern } from './pattern';
import { RequestContext } from './request-context';

type Part = { readonly text: string } | { readonly literal: string } | { readonly key: string; readonly otherwise?: string };

/** A text of a policy in which variables stand for values of the call: `${aws:PrincipalAccount}`. */
export type Template = readonly Part[];

/** Characters that are written as variables where they are no wildcards. */
const CHARACTERS = ['*', '?', '$'];
const VARIABLE = /\$\{([^}]*)\}/;
const WITH_DEFAULT = /^([^,]+?)\s*,\s*'([^']*)'$/;

/** Only policies of the newer version have variables: in others they are plain text. */
export function readTemplate(text: string, hasVariables: boolean): Template {
  if (!hasVariables) {
    return [{ text }];
  }
  return text.split(new RegExp(VARIABLE, 'g')).map((part, index) => (index % 2 === 0 ? { text: part } : readVariable(part.trim())));
}

function readVariable(name: string): Part {
  if (CHARACTERS.includes(name)) {
    return { literal: name };
  }
  const [, key, otherwise] = WITH_DEFAULT.exec(name) ?? [undefined, name];
  return { key: key!, ...(otherwise !== undefined && { otherwise }) };
}

/** What a template says for a call; undefined if it needs a value that the call does not have. */
export interface Filled {
  readonly text: string;
  readonly pattern: Pattern;
}

export function fill(template: Template, context: RequestContext): Filled | undefined {
  const parts = template.map((part) => fillPart(part, context));
  return parts.includes(undefined) ? undefined : {
    text: parts.map((part) => part!.text).join(''),
    pattern: parts.flatMap((part) => part!.pattern),
  };
}

function fillPart(part: Part, context: RequestContext): Filled | undefined {
  if ('text' in part) {
    return { text: part.text, pattern: readPattern(part.text) };
  }
  const value = 'literal' in part ? part.literal : singleValue(context.values(part.key)) ?? part.otherwise;
  return value === undefined ? undefined : { text: value, pattern: literal(value) };
}

/** A key with several values cannot be a variable. */
function singleValue(values: readonly string[] | undefined): string | undefined {
  return values?.length === 1 ? values[0] : undefined;
}
