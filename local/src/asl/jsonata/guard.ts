import jsonata from 'jsonata';
import { Budget, BUDGET, budgetOf, Environment } from './budget';
import { GUARDED_FUNCTIONS, RANGE } from './guarded-functions';
import { matcherOf } from './matcher';
import { SharedRoom } from './shared-room';
import { MutableNode, walk } from './syntax-tree';

/** The nodes whose value may be one that was not there before. */
const MAKERS: ReadonlySet<string | undefined> = new Set(['unary', 'function', 'apply']);

const room = new SharedRoom();

/** Evaluates with an end: whatever the expression does, it ends soon, and with no more memory than it may have. */
export async function evaluateGuarded(expression: jsonata.Expression, bindings: Record<string, unknown>): Promise<unknown> {
  const budget = new Budget(room);
  bindings[BUDGET] = budget;
  try {
    return await expression.evaluate(undefined, bindings);
  } finally {
    budget.close();
  }
}

/** Lets jsonata report each node that it evaluates, and puts guarded forms in the place of what could run away in one node. */
export function guard(expression: jsonata.Expression): void {
  const assign = expression.assign as unknown as (name: string | symbol, value: unknown) => void;
  assign(Symbol.for('jsonata.__evaluate_entry'), (_node: MutableNode, _input: unknown, environment: Environment) => budgetOf(environment).enter());
  assign(Symbol.for('jsonata.__evaluate_exit'), (node: MutableNode, _input: unknown, environment: Environment, value: unknown) =>
    budgetOf(environment).leave(value, MAKERS.has(node.type) || 'group' in node),
  );
  Object.entries(GUARDED_FUNCTIONS).forEach(([name, guarded]) => assign(name, guarded));
  walk(expression.ast(), (node) => guardNode(node as MutableNode));
}

function guardNode(node: MutableNode): void {
  if (node.type === 'regex') {
    node.type = 'value';
    node.value = matcherOf(node.value as RegExp, node.position ?? 0);
  } else if (node.type === 'binary' && node.value === '..') {
    const { lhs, rhs } = node;
    node.type = 'function';
    node.procedure = { type: 'variable', value: RANGE, position: node.position };
    node.arguments = [lhs as MutableNode, rhs!];
  }
}
