import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import * as fc from 'fast-check';
import { FORWARD_KINDS, LAST_KINDS, definitionOfKinds, problemsOfAll } from '../support/valid-definition';

const { STANDARD, EXPRESS } = sfn.StateMachineType;

/** So many at a time, so that what is wrong can be found. */
const LISTS = 30;
/** A few by default; 300 lists, in ten batches, at night. */
const BATCHES = Array.from({ length: Number(process.env.DRAWN_LISTS ?? 90) / LISTS }, (_, batch) => batch);

test.each(BATCHES)('lists of steps drawn at random (%i) compile to valid definitions, with and without a prepaid payment, on both types', (batch) => {
  const lists = fc.record({
    prepaid: fc.boolean(),
    type: fc.constantFrom(STANDARD, EXPRESS),
    forward: fc.array(fc.constantFrom(...FORWARD_KINDS), { minLength: 1, maxLength: 5 }),
    last: fc.array(fc.constantFrom(...LAST_KINDS), { maxLength: 2 }),
  }).map((list) => ({ ...list, forward: list.forward.filter((kind) => list.type === STANDARD || kind !== 'approve') }))
    .filter(({ forward }) => forward.length > 0);
  const drawn = fc.sample(lists, { numRuns: LISTS, seed: 20261120 + batch });

  expect(problemsOfAll(drawn.map(({ forward, last, type, prepaid }) => definitionOfKinds([...forward, ...last], type, prepaid)))).toEqual([]);
});
