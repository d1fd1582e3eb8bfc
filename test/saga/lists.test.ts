import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import * as fc from 'fast-check';
import { FORWARD_KINDS, LAST_KINDS, definitionOfKinds, problemsOf } from '../support/valid-definition';

const { STANDARD, EXPRESS } = sfn.StateMachineType;

test('300 lists of steps drawn at random compile to valid definitions, with and without a prepaid payment, on both types', () => {
  const lists = fc.record({
    prepaid: fc.boolean(),
    type: fc.constantFrom(STANDARD, EXPRESS),
    forward: fc.array(fc.constantFrom(...FORWARD_KINDS), { minLength: 1, maxLength: 5 }),
    last: fc.array(fc.constantFrom(...LAST_KINDS), { maxLength: 2 }),
  });
  fc.assert(fc.property(lists, ({ prepaid, type, forward, last }) => {
    const possible = forward.filter((kind) => type === STANDARD || kind !== 'approve');
    fc.pre(possible.length > 0);
    expect(problemsOf(definitionOfKinds([...possible, ...last], type, prepaid))).toEqual([]);
  }), { numRuns: 300, seed: 20261120 });
}, 300_000);
