import { Definition, acceptedPath } from './definition';

interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly label?: string;
  /** Whether an error leads this way. */
  readonly dotted?: boolean;
}

const FAILURE = 'Publish failure';
const UNDO = 'Where to undo from?';
const FINISH = 'Finish undo';
const ENDED = 'All undone?';
const STUCK = 'Publish failed compensation';
const LEFT_OPEN = 'Order left open';
const COMPLETED = 'Order completed';

/** What records an outcome and branches on it belongs to the state before. */
const PART = /^Record | accepted\?$|^All undone\?$/;
/** How an undo can end, by the condition that asks for it. */
const ENDS: [condition: RegExp, meaning: string][] = [
  [/\$exists\(\$saga\.attention\)/, 'something is not undone'],
  [/\$exists\(\$saga\.failure\)/, 'a step failed'],
];
/** How an execution looks up where its order stands: one arrow from all steps says where that leads. */
const LEFT_OUT = ['Look up order', 'Check order', 'Begin undo', 'Duplicate order', 'Publish repaired order', 'Close repaired order'];

/** The machine that orders go through as a Mermaid flowchart: its steps, what rejects an order, and how it is undone. */
export function mermaidOf(definition: Definition): string {
  const path = acceptedPath(definition).filter((name) => !PART.test(name));
  const steps = path.slice(0, path.indexOf('Complete order') + 1);
  const undo = undoStates(definition, steps);
  const arrows = arrowsOf(definition, steps, undo);
  const names = [...new Set(arrows.flatMap(({ from, to }) => [from, to]))].filter((name) => name !== UNDO);
  const others = names.filter((name) => !steps.includes(name) && !undo.includes(name));
  const node = (name: string) => nodeText(name, definition.States[name]?.Type === 'Choice', arrows.every(({ from }) => from !== name));
  return [
    'flowchart TD',
    ...group('steps', ' ', steps.map(node)),
    ...(undo.length > 0 ? group('undo', 'undo what was done', undo.map(node)) : []),
    ...others.map((name) => `  ${node(name)}`),
    ...arrows.map((arrow) => arrowText(arrow, undo.length > 0 ? 'undo' : idOf(FINISH))),
    `  steps -. a step fails .-> ${idOf(FAILURE)}`,
  ].join('\n');
}

/** The states that undo, the last step first; none where no step can be undone. */
function undoStates({ States }: Definition, steps: string[]): string[] {
  const stepOf = (undo: string) => steps.indexOf(undo.replace('Undo ', ''));
  const undo = Object.keys(States).filter((name) => name.startsWith('Undo ')).sort((a, b) => stepOf(b) - stepOf(a));
  return undo.length > 0 ? [...undo, FINISH] : [];
}

/** The arrows of all that an order can enter, by its steps or by a failure of one, in the order of a reader. */
function arrowsOf(definition: Definition, steps: string[], undo: string[]): Arrow[] {
  const entered = [definition.StartAt, FAILURE, ...undo, FINISH];
  const drawn = new Set<string>();
  const arrows: Arrow[] = [];
  for (let name = entered.shift(); name !== undefined; name = entered.shift()) {
    if (!drawn.has(name) && name in definition.States) {
      drawn.add(name);
      const ways = [...waysOut(definition, name), ...errorsOf(definition, name)].filter(({ to }) => to !== UNDO || !steps.includes(name!));
      arrows.push(...ways);
      entered.unshift(...ways.map(({ to }) => to).filter((to) => to !== UNDO));
    }
  }
  return arrows;
}

/** Where a state leads to, through what belongs to it. What follows an order on hold is up to an operator, and not drawn. */
function waysOut(definition: Definition, name: string, from = name): Arrow[] {
  const { Type, Choices = [], Next, Default } = definition.States[name];
  if (name === STUCK || name === UNDO) {
    return [];
  }
  const asks = Type === 'Choice' && !PART.test(name);
  const otherwise = name === ENDED ? 'rejected or cancelled' : undefined;
  const last = Type === 'Task' && !Next && !Default;
  return [
    ...Choices.map((choice) => ({ to: choice.Next, label: asks ? 'yes' : meaningOf(choice.Condition) })),
    ...[Next ?? Default ?? (last ? COMPLETED : undefined)].flatMap((to) => to ? [{ to, label: asks ? 'no' : otherwise }] : []),
  ]
    .filter(({ to, label }) => !LEFT_OUT.includes(to) && label !== '')
    .flatMap(({ to, label }) => PART.test(to) ? waysOut(definition, to, from) : [{ from, to, label }]);
}

/** Where an error leads to, if that is a way of its own. */
function errorsOf(definition: Definition, name: string): Arrow[] {
  const ordinary = [...waysOut(definition, name).map(({ to }) => to), ...LEFT_OUT, UNDO];
  return name === STUCK ? [] : [...new Set((definition.States[name].Catch ?? []).map(({ Next }) => Next))]
    .filter((to) => !ordinary.includes(to) && !PART.test(to))
    .map((to) => ({ from: name, to, label: to === LEFT_OPEN ? 'cannot be written' : 'fails', dotted: true }));
}

/** What a condition asks for, in a few words. */
function meaningOf(condition = ''): string | undefined {
  return ENDS.find(([asksFor]) => asksFor.test(condition))?.[1] ?? statusesIn(condition);
}

/** The statuses that a condition asks for; none are left of the way of an order that can only have been cancelled. */
function statusesIn(condition: string): string | undefined {
  const [, one, list] = /\$states\.input\.status (?:= '(\w+)'|in \[(.*?)\])/.exec(condition) ?? [];
  return one ?? list?.match(/\w+/g)?.filter((status) => status !== 'CANCELLED').join(', ');
}

function nodeText(name: string, isChoice: boolean, isEnd: boolean): string {
  const text = name === STUCK ? 'Order needs attention' : name;
  const [open, close] = isChoice ? ['{', '}'] : isEnd ? ['([', '])'] : ['[', ']'];
  return `${idOf(name)}${open}"${text}"${close}`;
}

function arrowText({ from, to, label, dotted }: Arrow, undo: string): string {
  const line = dotted ? `-. ${label} .->` : label ? `-- ${label} -->` : '-->';
  return `  ${idOf(from)} ${line} ${to === UNDO ? undo : idOf(to)}`;
}

function group(id: string, title: string, lines: string[]): string[] {
  return [`  subgraph ${id} ["${title}"]`, ...lines.map((line) => `    ${line}`), '  end'];
}

function idOf(name: string): string {
  return name.replace(/\W+/g, '_');
}
