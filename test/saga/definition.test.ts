import aslValidator from 'asl-validator';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import * as fc from 'fast-check';
import { ProcessPayment } from '../../src';
import { AslDefinition, definitionOf } from '../support/state-machine';
import { unassignedMentions } from '../support/variables';
import { CLOSING_KINDS, STEP_KINDS, userFunction, workflowOf } from '../support/workflow';

const { STANDARD, EXPRESS } = sfn.StateMachineType;
const KINDS = { ...STEP_KINDS, ...CLOSING_KINDS };

function compile(kinds: string[], stateMachineType: sfn.StateMachineType): AslDefinition {
  const { workflow } = workflowOf((scope) => kinds.map((kind, index) => KINDS[kind](scope, `${kind}${index}`)), { stateMachineType });
  return definitionOf(workflow.stateMachine);
}

function problems(definition: AslDefinition): unknown {
  const { isValid, errors } = aslValidator(definition as never);
  return { errors: isValid ? [] : errors, unassigned: unassignedMentions(definition) };
}

const NONE = { errors: [], unassigned: [] };

describe('the definition is valid, and no state mentions a variable that a path to it has not assigned', () => {
  const forward = Object.keys(STEP_KINDS);
  const closing = Object.keys(CLOSING_KINDS);
  const pairs = [
    ...forward.flatMap((first) => [...forward, ...closing].map((second) => [first, second])),
    ...closing.flatMap((first) => closing.map((second) => ['validate', first, second])),
  ];

  test.each(pairs.map((kinds) => [kinds.join(', '), kinds] as const))('for %s on STANDARD', (_name, kinds) => {
    expect(problems(compile(kinds, STANDARD))).toEqual(NONE);
  });

  test.each(pairs.filter((kinds) => !kinds.includes('approve')).map((kinds) => [kinds.join(', '), kinds] as const))(
    'for %s on EXPRESS', (_name, kinds) => {
      expect(problems(compile(kinds, EXPRESS))).toEqual(NONE);
    });

  test('for 300 lists of steps drawn at random, with and without a prepaid payment', () => {
    const lists = fc.record({
      prepaid: fc.boolean(),
      express: fc.boolean(),
      steps: fc.array(fc.constantFrom(...forward), { minLength: 1, maxLength: 5 }),
      last: fc.array(fc.constantFrom(...closing), { maxLength: 2 }),
    });
    fc.assert(fc.property(lists, ({ prepaid, express, steps, last }) => {
      const kinds = [...steps, ...last].filter((kind) => !express || kind !== 'approve');
      fc.pre(kinds.some((kind) => kind in STEP_KINDS));
      const { workflow } = workflowOf((scope) => [
        ...(prepaid ? [ProcessPayment.prepaid({ refund: userFunction(scope, 'Refund') })] : []),
        ...kinds.map((kind, index) => KINDS[kind](scope, `${kind}${index}`)),
      ], { stateMachineType: express ? EXPRESS : STANDARD });
      expect(problems(definitionOf(workflow.stateMachine))).toEqual(NONE);
    }), { numRuns: 300, seed: 20261120 });
  });
});
