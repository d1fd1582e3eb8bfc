import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { AslDefinition } from '../support/state-machine';
import { FORWARD_KINDS, LAST_KINDS, definitionOfKinds, problemsOfAll } from '../support/valid-definition';

const PAIRS = [
  ...FORWARD_KINDS.flatMap((first) => [...FORWARD_KINDS, ...LAST_KINDS].map((second) => [first, second])),
  ...LAST_KINDS.flatMap((first) => LAST_KINDS.map((second) => ['validate', first, second])),
].map((kinds) => [kinds.join(', '), kinds] as const);

test.each(FORWARD_KINDS)('of each pair that %s begins, the definition is valid, and no state mentions a variable that a path to it has not assigned', (first) => {
  const definitions = PAIRS.filter(([, kinds]) => kinds[0] === first).map(([, kinds]) => definitionOfKinds(kinds));

  expect(definitions.length).toBeGreaterThan(1);
  expect(problemsOfAll(definitions)).toEqual([]);
});

/** What follows when an operator is needed: only STANDARD can wait for one. */
const OF_OPERATORS = ['Put order on hold', 'Retry or resolved?', 'Resume undo', 'Resolve order', 'Publish repaired order', 'Close repaired order', 'Why was it undone?'];

/** Where an execution meets another run of its own: only one of EXPRESS can. */
const OF_RUNS = ['Check order'];

function withoutOperators({ States }: AslDefinition): object {
  return Object.fromEntries(Object.entries(States).filter(([name]) => ![...OF_OPERATORS, ...OF_RUNS].includes(name)).map(([name, state]) => [name, {
    ...state, Choices: state.Choices?.filter(({ Next }) => !OF_OPERATORS.includes(Next)),
  }]));
}

test.each(PAIRS.filter(([, kinds]) => !kinds.includes('approve')))('of %s, the definition is the same on EXPRESS, but for the wait for an operator and a second run', (_name, kinds) => {
  expect(withoutOperators(definitionOfKinds(kinds, sfn.StateMachineType.EXPRESS))).toEqual(withoutOperators(definitionOfKinds(kinds)));
});
