import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { CreateOrder, ProcessPayment, ReserveInventory, RunStates, ValidateOrder } from '../../src';
import { AslDefinition, definitionOf } from '../support/state-machine';
import { CLOSING_KINDS, STEP_KINDS, userFunction, workflowOf } from '../support/workflow';

/** The states of an order that every step accepts. */
function happyPath({ StartAt, States }: AslDefinition): string[] {
  const path = [StartAt];
  for (let state = States[StartAt]; state.Next ?? state.Choices; state = States[path[path.length - 1]]) {
    path.push(state.Next ?? state.Choices![0].Next);
  }
  return path;
}

test('validate, reserve, pay and complete take eight transitions', () => {
  const { workflow } = workflowOf(() => [new ValidateOrder(), new ReserveInventory(), ProcessPayment.simulated()]);

  expect(happyPath(definitionOf(workflow.stateMachine))).toEqual([
    'ValidateOrder', 'ValidateOrder accepted?',
    'ReserveInventory', 'ReserveInventory accepted?',
    'ProcessPayment', 'Record ProcessPayment', 'ProcessPayment accepted?',
    'Complete order',
  ]);
});

test('a workflow without props validates, reserves and completes', () => {
  const { workflow } = workflowOf(() => [], { steps: undefined });

  expect(happyPath(definitionOf(workflow.stateMachine))).toEqual([
    'ValidateOrder', 'ValidateOrder accepted?', 'ReserveInventory', 'ReserveInventory accepted?', 'Complete order',
  ]);
});

test('an order is opened before a step that cannot open it, and closing steps follow the completion', () => {
  const { workflow } = workflowOf((stack) => [STEP_KINDS.run(stack, 'Audit')], {}, (stack) => [
    CLOSING_KINDS.runLast(stack, 'Archive'), CLOSING_KINDS.enqueue(stack, 'Ship'),
  ]);

  expect(happyPath(definitionOf(workflow.stateMachine))).toEqual([
    'Open order', 'Audit', 'Record Audit', 'Audit accepted?', 'Complete order', 'Archive', 'Ship', 'Close order', 'Order completed',
  ]);
});

describe('the undo begins where the order is', () => {
  const { workflow } = workflowOf((stack) => [
    new ValidateOrder(),
    new ReserveInventory(),
    new CreateOrder(),
    new ProcessPayment({ charge: userFunction(stack, 'Charge'), refund: userFunction(stack, 'Refund') }),
    STEP_KINDS.invoke(stack, 'Fraud'),
  ]);
  const { States } = definitionOf(workflow.stateMachine);

  test.each([
    ['ValidateOrder', 'Order rejected'],
    ['ReserveInventory', 'Order rejected'],
    ['ProcessPayment', 'Undo ReserveInventory'],
    ['Fraud', 'Undo ProcessPayment'],
  ])('a rejection by %s leads to %s', (step, next) => {
    const rejected = States[`${step} accepted?`].Choices!.find(({ Condition }) => Condition!.includes("'CANCELLED'"))!;
    expect(rejected.Next).toBe(next);
  });

  test.each([
    ['ValidateOrder', undefined],
    ['ReserveInventory', 'ReserveInventory'],
    ['CreateOrder', 'ReserveInventory'],
    ['ProcessPayment', 'ProcessPayment'],
    ['Fraud', 'Fraud'],
    ['Complete order', 'Fraud'],
  ])('a failure of %s undoes from %s on', (state, from) => {
    for (const { Assign } of States[state].Catch!) {
      expect(/'undoFrom': '(\w+)'/.exec(Assign.saga)?.[1]).toBe(from);
    }
  });

  test('the chain runs backwards, each undo once', () => {
    const chain = ['Undo Fraud'];
    for (let next = States['Undo Fraud'].Next; next; next = States[next].Next) {
      chain.push(next);
    }
    expect(chain).toEqual([
      'Undo Fraud', 'Record undo of Fraud', 'Undo ProcessPayment', 'Record undo of ProcessPayment',
      'Undo ReserveInventory', 'Record undo of ReserveInventory', 'Finish undo', 'All undone?',
    ]);
  });
});

test('states of a user keep their query language, and a Succeed among them does not end the order', () => {
  const { workflow } = workflowOf((stack) => [
    new ValidateOrder(),
    new RunStates({
      stepName: 'Audit',
      states: new sfn.Choice(stack, 'Large?')
        .when(sfn.Condition.numberGreaterThan('$.totalAmount', 1000), new sfn.Succeed(stack, 'Audited'))
        .otherwise(new sfn.Succeed(stack, 'Skipped')),
      acceptedStatus: 'AUDITED',
    }),
  ]);

  const { QueryLanguage, States } = definitionOf(workflow.stateMachine);

  expect(QueryLanguage).toBeUndefined();
  expect(States.Audit).toMatchObject({ Type: 'Parallel', QueryLanguage: 'JSONata', Output: '{% $states.result[0] %}' });
  expect(States.Audit.Branches![0].States['Large?'].QueryLanguage).toBeUndefined();
  expect(Object.values(States).filter((state) => state.QueryLanguage !== 'JSONata')).toEqual([]);
});
