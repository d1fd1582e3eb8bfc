import { Definition, State, Template, acceptedPath, machinesIn, takesOrders } from './definition';

/** How many resources of each type a template has. */
export function resourcesOf({ Resources }: Template): string {
  const counts = new Map<string, number>();
  for (const { Type } of Object.values(Resources)) {
    counts.set(Type, (counts.get(Type) ?? 0) + 1);
  }
  const lines = [...counts].sort(([a], [b]) => a.localeCompare(b)).map(([type, count]) => `  ${String(count).padStart(3)}  ${type}`);
  return [`Resources (${Object.keys(Resources).length})`, ...lines, ''].join('\n');
}

/** The states of a template's state machines. */
export function statesOf(template: Template): string {
  return [...machinesIn(template)].map(([id, definition]) => [id, '', ...statesText(definition), ''].join('\n')).join('\n');
}

/** The states along the way of an order that every step accepts, then the others; all at once of a machine that recovers orders. */
function statesText(definition: Definition): string[] {
  const { States } = definition;
  const names = Object.keys(States);
  const width = Math.max(...names.map((name) => name.length));
  const line = (name: string) => `  ${name.padEnd(width)}  ${waysOut(States[name])}`;
  if (!takesOrders(definition)) {
    return ['Recovery: how an order that was left open is taken over', ...names.map(line)];
  }
  const path = acceptedPath(definition);
  const others = names.filter((name) => !path.includes(name));
  return [`An order that every step accepts (${path.length} transitions)`, ...path.map(line), '', 'Otherwise', ...others.map(line)];
}

function waysOut(state: State): string {
  const next = [...new Set([...(state.Choices ?? []).map((choice) => choice.Next), state.Next ?? state.Default].filter(Boolean))];
  const caught = [...new Set((state.Catch ?? []).map((catcher) => catcher.Next))];
  const ends = next.length === 0 ? `ends (${state.Type})` : `-> ${next.join(' | ')}`;
  return caught.length > 0 ? `${ends}   on error -> ${caught.join(' | ')}` : ends;
}
