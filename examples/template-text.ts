interface Template {
  readonly Resources: { readonly [id: string]: { readonly Type: string; readonly Properties?: any } };
}

interface State {
  readonly Type: string;
  readonly Next?: string;
  readonly Default?: string;
  readonly Choices?: { Next: string }[];
  readonly Catch?: { Next: string }[];
}

/** How many resources of each type a template has. */
export function resourcesOf({ Resources }: Template): string {
  const counts = new Map<string, number>();
  for (const { Type } of Object.values(Resources)) {
    counts.set(Type, (counts.get(Type) ?? 0) + 1);
  }
  const lines = [...counts].sort(([a], [b]) => a.localeCompare(b)).map(([type, count]) => `  ${String(count).padStart(3)}  ${type}`);
  return [`Resources (${Object.keys(Resources).length})`, ...lines, ''].join('\n');
}

/** The states of a template's state machines, along the way of an order that every step accepts, then the others. */
export function graphOf({ Resources }: Template): string {
  const machines = Object.values(Resources).filter(({ Type }) => Type === 'AWS::StepFunctions::StateMachine');
  return machines.map(({ Properties }) => statesText(definitionOf(Properties.DefinitionString))).join('\n');
}

function definitionOf(text: string | { 'Fn::Join': [string, unknown[]] }): { StartAt: string; States: { [name: string]: State } } {
  return JSON.parse(typeof text === 'string' ? text : text['Fn::Join'][1].map((part) => typeof part === 'string' ? part : 'x').join(''));
}

function statesText({ StartAt, States }: { StartAt: string; States: { [name: string]: State } }): string {
  const path = new Set<string>();
  for (let name: string | undefined = StartAt; name && !path.has(name); name = States[name].Next ?? States[name].Choices?.[0].Next) {
    path.add(name);
  }
  const others = Object.keys(States).filter((name) => !path.has(name));
  const width = Math.max(...Object.keys(States).map((name) => name.length));
  const line = (name: string) => `  ${name.padEnd(width)}  ${waysOut(States[name])}`;
  return [
    `An order that every step accepts (${path.size} transitions)`, ...[...path].map(line), '',
    'Otherwise', ...others.map(line), '',
  ].join('\n');
}

function waysOut(state: State): string {
  const next = [...new Set([...(state.Choices ?? []).map((choice) => choice.Next), state.Next ?? state.Default].filter(Boolean))];
  const caught = [...new Set((state.Catch ?? []).map((catcher) => catcher.Next))];
  const ends = next.length === 0 ? `ends (${state.Type})` : `-> ${next.join(' | ')}`;
  return caught.length > 0 ? `${ends}   on error -> ${caught.join(' | ')}` : ends;
}
