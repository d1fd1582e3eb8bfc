import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { FORWARD_KINDS, LAST_KINDS, definitionOfKinds, problemsOf } from '../support/valid-definition';

const PAIRS = [
  ...FORWARD_KINDS.flatMap((first) => [...FORWARD_KINDS, ...LAST_KINDS].map((second) => [first, second])),
  ...LAST_KINDS.flatMap((first) => LAST_KINDS.map((second) => ['validate', first, second])),
].map((kinds) => [kinds.join(', '), kinds] as const);

test.each(PAIRS)('of %s, the definition is valid, and no state mentions a variable that a path to it has not assigned', (_name, kinds) => {
  expect(problemsOf(definitionOfKinds(kinds))).toEqual([]);
});

test.each(PAIRS.filter(([, kinds]) => !kinds.includes('approve')))('of %s, the definition is the same on EXPRESS', (_name, kinds) => {
  expect(definitionOfKinds(kinds, sfn.StateMachineType.EXPRESS)).toEqual(definitionOfKinds(kinds));
});
