import { AslDefinition, AslState, waysOut } from './state-machine';

/**
 * The variables that a state mentions although some path to it has not assigned them, as `state: $name`.
 *
 * Step Functions refuses such a definition, or fails the execution when it gets there.
 */
export function unassignedMentions(definition: AslDefinition, outer: ReadonlySet<string> = new Set()): string[] {
  const known = assignedBefore(definition, outer);
  return Object.entries(definition.States).flatMap(([name, state]) => {
    const assigned = known.get(name) ?? outer;
    return [
      ...[...mentionedIn(ownFields(state))].filter((variable) => !assigned.has(variable)).map((variable) => `${name}: $${variable}`),
      ...(state.Branches ?? []).flatMap((branch) => unassignedMentions(branch, assigned)),
    ];
  });
}

/** For each state, the variables that are assigned on all paths to it: the smallest set that repeated walks lead to. */
function assignedBefore({ StartAt, States }: AslDefinition, outer: ReadonlySet<string>): Map<string, ReadonlySet<string>> {
  const known = new Map<string, ReadonlySet<string>>([[StartAt, outer]]);
  const open = [StartAt];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    for (const { Next, Assign } of waysOut(States[name])) {
      const arriving = new Set([...known.get(name)!, ...Object.keys(Assign ?? {})]);
      const before = known.get(Next);
      const after = before ? new Set([...before].filter((variable) => arriving.has(variable))) : arriving;
      if (!before || after.size < before.size) {
        known.set(Next, after);
        open.push(Next);
      }
    }
  }
  return known;
}

function ownFields({ Branches, ...fields }: AslState): unknown {
  return fields;
}

function mentionedIn(fields: unknown): Set<string> {
  const expressions = JSON.stringify(fields).match(/\{%.*?%\}/g) ?? [];
  return new Set(expressions.flatMap((expression) => {
    const local = [...expression.matchAll(/\$(\w+) :=|function\(([^)]*)\)/g)]
      .flatMap(([, variable, parameters]) => variable ? [variable] : parameters.split(',').map((name) => name.trim().slice(1)));
    return [...expression.replace(/'[^']*'/g, '').matchAll(/\$([A-Za-z]\w*)(\()?/g)]
      .filter(([, name, call]) => !call && name !== 'states' && !local.includes(name))
      .map(([, name]) => name);
  }));
}
