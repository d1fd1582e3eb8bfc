const TEXTS = /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'/g;

/** Inside of these `$` can be a context of its own: an item of a list, or the argument of a function. */
const OWN_CONTEXT = /[()[\]{}`/]/;

/** A context that the state machine has none of: `$.` or `$$.`, but not the `$.` of each item of a path. */
const WITHOUT_CONTEXT = /(?<![\w$]|\.\s*)\$\$?\s*\./;

/**
 * What is wrong with a JSONata condition, as far as it is certain without a parser.
 *
 * @internal
 */
export function conditionProblem(condition: string): string | undefined {
  if (condition.includes('{%')) {
    return 'give the JSONata alone, without {% and %}';
  }
  const bare = condition.replace(TEXTS, '');
  return !OWN_CONTEXT.test(bare) && WITHOUT_CONTEXT.test(bare) ? 'begin with $states.input, which is the order, instead of $' : undefined;
}
