import { Node } from './syntax-tree';

/**
 * What an expression reads from a document that a state does not have: an unqualified name, `$` or `$$` at its top level.
 * Inside of a path, a predicate or a function's body they mean something else, and are not looked at.
 */
export function topLevelReferences(node: Node | undefined): string[] {
  switch (node?.type) {
    case 'path':
      return firstStep(node.steps![0]);
    case 'variable':
      return node.value === '' || node.value === '$' ? [`$${String(node.value)}`] : [];
    case 'unary':
      return [node.expression, ...(node.expressions ?? []), ...pairs(node)].flatMap(topLevelReferences);
    case 'binary':
    case 'apply':
      return [node.lhs as Node, node.rhs].flatMap(topLevelReferences);
    case 'bind':
      return topLevelReferences(node.rhs);
    case 'block':
      return node.expressions!.flatMap(topLevelReferences);
    case 'condition':
      return [node.condition, node.then, node.else].flatMap(topLevelReferences);
    case 'function':
      return node.arguments!.flatMap(topLevelReferences);
    default:
      return [];
  }
}

function firstStep(step: Node): string[] {
  return step.type === 'name' ? [String(step.value)] : topLevelReferences(step);
}

function pairs({ lhs }: Node): readonly Node[] {
  return Array.isArray(lhs) ? (lhs as ReadonlyArray<readonly Node[]>).flat() : [];
}
