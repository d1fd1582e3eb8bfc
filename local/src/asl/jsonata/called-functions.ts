import { Node, walk } from './syntax-tree';

/** The names of the functions that an expression calls and does not define itself. */
export function calledFunctions(syntaxTree: unknown): string[] {
  const called = new Set<string>();
  const defined = new Set<string>();
  walk(syntaxTree, (node) => {
    if ((node.type === 'function' || node.type === 'partial') && node.procedure?.type === 'variable') {
      called.add(String(node.procedure.value));
    }
    if (node.type === 'apply' && node.rhs?.type === 'variable') {
      called.add(String(node.rhs.value));
    }
    if (node.type === 'bind') {
      defined.add(String((node.lhs as Node).value));
    }
    if (node.type === 'lambda') {
      node.arguments?.forEach((argument: Node) => defined.add(String(argument.value)));
    }
  });
  return [...called].filter((name) => !defined.has(name));
}

/** All names that stand behind a $ in an expression. */
export function mentionedNames(syntaxTree: unknown): Set<string> {
  const names = new Set<string>();
  walk(syntaxTree, (node) => {
    if (node.type === 'variable') {
      names.add(String(node.value));
    }
  });
  return names;
}
