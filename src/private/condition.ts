/** Texts, names in backticks, patterns and comments: what stands there is no expression. */
const QUOTED = /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`[^`]*`|\/\*[^]*?\*\/|(?<=[(,:?=>~&]\s*)\/(?:\\.|[^/\\])+\/\w*/g;

/** Where `$` stands for what is looked at: filters, objects, bodies, and what is asked of each or sorted by. */
const OWN_CONTEXT = /[.^]\s*\([^()[\]{}]*\)|\[[^()[\]{}]*\]|\{[^()[\]{}]*\}/g;

const GROUP = /\(([^()[\]{}]*)\)/g;

/** A context that the state machine has none of: `$.` or `$$.`, but not the `$.` of each item of a path. */
const WITHOUT_CONTEXT = /(?<![\w$]|\.\s*)\$\$?\s*\./;

/**
 * What is wrong with a JSONata condition, as far as it shows without a parser.
 *
 * @internal
 */
export function conditionProblem(condition: string): string | undefined {
  if (condition.includes('{%')) {
    return 'give the JSONata alone, without {% and %}';
  }
  const open = withoutGroups(condition.replace(QUOTED, '#'));
  if (/["'`]/.test(open)) {
    return 'close the quotes';
  }
  if (/[()[\]{}]/.test(open)) {
    return 'close each bracket that is opened, and no other';
  }
  return WITHOUT_CONTEXT.test(open) ? 'begin with $states.input, which is the order, instead of $' : undefined;
}

/** What stands at the top: from the inside out, own contexts are left out and other brackets opened. */
function withoutGroups(expression: string): string {
  const outer = expression.replace(OWN_CONTEXT, '#').replace(GROUP, ' $1 ');
  return outer === expression ? outer : withoutGroups(outer);
}
