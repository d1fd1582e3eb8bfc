import { Fields } from './fields';

/** The fields that name the next state of one. */
function transitionsOf(state: Fields): ReadonlyArray<readonly [Fields, string, string]> {
  const rules = ['Catch', 'Choices'].flatMap((field) => state.items(field));
  const fields = [[state, 'Next'], [state, 'Default'], ...rules.map((rule) => [rule, 'Next'] as const)] as ReadonlyArray<readonly [Fields, string]>;
  return fields.flatMap(([source, name]) => {
    const next = source.string(name);
    return next === undefined ? [] : [[source, name, next] as const];
  });
}

/** Every state that is named as the next one must be in the same workflow. */
export function checkTransitions(states: ReadonlyMap<string, Fields>): void {
  for (const [fields, name, next] of [...states.values()].flatMap(transitionsOf)) {
    if (!states.has(next)) {
      throw fields.error(name, `there is no state '${next}' in the same States`);
    }
  }
}

/** Every state must be the next one of some other, from the first on. */
export function checkReachable(states: ReadonlyMap<string, Fields>, startAt: string): void {
  const reached = new Set([startAt]);
  for (const name of reached) {
    transitionsOf(states.get(name)!).forEach(([, , next]) => reached.add(next));
  }
  for (const [name, fields] of states) {
    if (!reached.has(name)) {
      throw fields.error('Next', `no state leads here from '${startAt}'; name it as the Next of one, or remove it`);
    }
  }
}
