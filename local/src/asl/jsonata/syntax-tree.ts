/** What is looked at of jsonata's syntax tree. */
export interface Node {
  readonly type?: string;
  readonly value?: unknown;
  readonly procedure?: Node;
  readonly steps?: readonly Node[];
  readonly arguments?: readonly Node[];
  readonly expression?: Node;
  readonly expressions?: readonly Node[];
  readonly condition?: Node;
  readonly then?: Node;
  readonly else?: Node;
  /** A pair of names and values in the list of an object constructor; elsewhere the left operand. */
  readonly lhs?: Node | ReadonlyArray<readonly Node[]>;
  readonly rhs?: Node;
}

/** What an expression reads of `$states` by these names. */
export function readsOfStates(tree: unknown, names: readonly string[]): string[] {
  const read = new Set<string>();
  walk(tree, ({ type, steps }) => {
    const [first, second] = type === 'path' ? steps! : [];
    if (first?.type === 'variable' && first.value === 'states' && second?.type === 'name') {
      read.add(String(second.value));
    }
  });
  return names.filter((name) => read.has(name));
}

/** A node that takes another form before it is evaluated. */
export interface MutableNode {
  type?: string;
  value?: unknown;
  position?: number;
  procedure?: MutableNode;
  arguments?: MutableNode[];
  lhs?: unknown;
  rhs?: MutableNode;
}

export function walk(tree: unknown, look: (node: Node) => void): void {
  if (Array.isArray(tree)) {
    tree.forEach((part) => walk(part, look));
  } else if (typeof tree === 'object' && tree !== null && !(tree instanceof RegExp)) {
    look(tree as Node);
    Object.values(tree).forEach((part) => walk(part, look));
  }
}
