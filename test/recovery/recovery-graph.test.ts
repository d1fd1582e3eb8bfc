import { StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import jsonata from 'jsonata';
import { furthestStep } from '../../src/saga/furthest-step';
import { SagaStep } from '../../src/saga/saga-step';
import { AslDefinition, definitionOf } from '../support/state-machine';
import { FORWARD_KINDS, LAST_KINDS, problemsOf, workflowOfKinds } from '../support/valid-definition';

const recoveryOf = (kinds: string[], type?: StateMachineType, prepaid?: boolean): AslDefinition =>
  definitionOf(workflowOfKinds(kinds, type, prepaid).recovery.stateMachine);

test.each([
  ...FORWARD_KINDS.map((kind) => [kind]),
  ...LAST_KINDS.map((kind) => ['reserve', kind]),
  FORWARD_KINDS,
].map((kinds) => [kinds.join(', '), kinds] as const))('of %s, the recovery is valid, and mentions no variable that some path has not assigned', (_name, kinds) => {
  expect(problemsOf(recoveryOf(kinds))).toEqual([]);
  expect(problemsOf(recoveryOf(kinds, undefined, true))).toEqual([]);
});

test('the recovery waits for an operator also where the workflow cannot', () => {
  const { States } = recoveryOf(['reserve', 'pay'], StateMachineType.EXPRESS);

  expect(States['Put order on hold'].Resource).toMatch(/waitForTaskToken$/);
});

test('the compensations are those of the workflow, in the same order, and call the same functions', () => {
  const workflow = workflowOfKinds(['reserve', 'invoke']);
  const undoing = ({ States }: AslDefinition) => Object.entries(States).filter(([name]) => name.startsWith('Undo ')).map(([name, { Arguments, Next }]) =>
    [name, Arguments.FunctionName, Next]);

  expect(undoing(definitionOf(workflow.recovery.stateMachine))).toEqual(undoing(definitionOf(workflow.stateMachine)));
});

test.each([
  // The longest is a function of the library with its margin, or else a write; a wait for a decision does not count.
  ['reserve', ['reserve'], 15],
  ['a function of a user that may take three seconds', ['invoke'], 10],
  ['a wait of a day', ['reserve', 'approve'], 15],
])('before it undoes %s, it waits until no late effect is possible', (_name, kinds, seconds) => {
  const { States } = recoveryOf(kinds);

  expect((States['Wait for late effects'] as unknown as { Seconds: string }).Seconds).toBe(`{% $exists($request.repair) ? 0 : ${seconds} %}`);
});

describe('the furthest step that can have begun', () => {
  const step = (stepName: string, undoFrom: string | undefined, config: object = {}) => ({
    stepName, undoFrom, config: { kind: 'task', acceptedStatus: `${stepName.toUpperCase()}_OK`, ...config },
  }) as unknown as SagaStep;
  const steps = [
    step('Paid', 'Paid', { kind: 'compensationOnly' }),
    step('Check', 'Paid'),
    step('Reserve', 'Reserve'),
    step('Approve', 'Reserve', { kind: 'waiting', onlyIf: 'large', waitingStatus: 'PENDING' }),
    step('Wrap', 'Wrap', { onlyIf: 'gift' }),
    step('Pay', 'Pay'),
    step('Seal', 'Seal', { onlyIf: 'secret' }),
  ];

  test.each([
    ['RECEIVED', 'Check', 'Paid'],
    ['CHECK_OK', 'Reserve', 'Reserve'],
    // The conditions of the next steps are not known here, so it may have come to the next step that every order takes.
    ['RESERVE_OK', 'Approve', 'Pay'],
    ['PENDING', 'Approve', 'Reserve'],
    ['APPROVE_OK', 'Wrap', 'Pay'],
    ['PAY_OK', 'Seal', 'Seal'],
    ['SEAL_OK', 'CompleteOrder', 'Seal'],
  ])('of an order that is %s is %s, and the undo begins at %s', async (status, name, undoFrom) => {
    expect(await jsonata(`$lookup(${furthestStep(steps)}, '${status}')`).evaluate({})).toEqual({ step: name, undoFrom });
  });
});

describe('after the wait for late effects, the recovery', () => {
  const ME = 'execution-1';
  const ROW = { owner: ME, openSince: '2030-01-01T00:00:00.000Z', status: 'RESERVED', version: 3 };
  const choices = recoveryOf(['reserve', 'pay']).States['Check order'];

  async function follows(row: object, request: object = {}): Promise<string> {
    const variables = { states: { input: row, context: { Execution: { Id: ME } } }, saga: { order: { orderId: 'order-1' } }, request };
    for (const { Condition, Next } of choices.Choices!) {
      if (await jsonata(Condition!.slice(2, -2)).evaluate({}, variables)) return Next;
    }
    return choices.Default!;
  }

  test('undoes an order that it still has', async () => {
    expect(await follows(ROW)).toBe('Begin undo');
  });

  test('leaves an order alone that another execution took over', async () => {
    expect(await follows({ ...ROW, owner: 'execution-2' })).toBe('Duplicate order');
  });

  test('leaves an order alone that has ended', async () => {
    expect(await follows({ ...ROW, openSince: undefined })).toBe('Duplicate order');
  });
});

test.each(['stateMachine', 'recovery'] as const)('each read of the row by the %s is strongly consistent: an older row would be undone twice', (machine) => {
  const workflow = workflowOfKinds(['reserve', 'pay']);
  const { States } = definitionOf(machine === 'recovery' ? workflow.recovery.stateMachine : workflow.saga.stateMachine);
  const reads = Object.values(States).filter(({ Resource }) => /dynamodb:getItem$/.test(Resource ?? ''));

  expect(reads.length).toBeGreaterThan(0);
  reads.forEach(({ Arguments }) => expect(Arguments.ConsistentRead).toBe(true));
});
