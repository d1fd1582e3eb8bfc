import { Duration, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import {
  AwaitApproval, CreateOrder, FunctionCompensation, IOrderStep, IStepHost, InvokeFunction, OrderStepConfig, ProcessPayment, ReserveInventory,
  RunStates, ValidateOrder,
} from '../../src';
import { AslState, definitionOf } from '../support/state-machine';
import { userFunction, workflowOf } from '../support/workflow';

function statesOf(steps: (stack: Stack) => IOrderStep[]): { stack: Stack; States: { [name: string]: AslState } } {
  const { stack, workflow } = workflowOf(steps);
  return { stack, States: definitionOf(workflow.stateMachine).States };
}

const functionOf = (state: AslState) => String((state.Arguments as { FunctionName: string }).FunctionName);
const branchesOf = (state: AslState) => state.Choices!.map(({ Condition }) => Condition);

test('ValidateOrder and ReserveInventory have their effect and write the order in one transaction, so no state records them', () => {
  const { States } = statesOf(() => [new ValidateOrder(), new ReserveInventory()]);

  expect(Object.keys(States).filter((name) => name.startsWith('Record '))).toEqual(['Record undo of ReserveInventory']);
  expect(States.ReserveInventory.Arguments.Payload).toContain("'accepted': 'RESERVED', 'rejected': 'OUT_OF_STOCK'");
});

test('the function of a transactional step gets the step at which an undo begins when it rejects', () => {
  const { States } = statesOf((stack) => [
    new ValidateOrder(),
    new InvokeFunction({ stepName: 'Wrap', handler: userFunction(stack, 'Wrap'), undoHandler: userFunction(stack, 'Unwrap'), acceptedStatus: 'WRAPPED' }),
    new ReserveInventory(),
  ]);

  expect(States.ValidateOrder.Arguments.Payload).not.toContain('undoFrom');
  expect(States.ReserveInventory.Arguments.Payload).toContain("'undoFrom': 'Wrap'");
});

test('ValidateOrder opens the order as the first step only', () => {
  expect(definitionOf(workflowOf(() => [new ValidateOrder()]).workflow.stateMachine).StartAt).toBe('ValidateOrder');
  expect(definitionOf(workflowOf(() => [new CreateOrder(), new ValidateOrder()]).workflow.stateMachine).StartAt).toBe('Open order');
});

test.each<[string, (stack: Stack) => IOrderStep]>([
  ['ValidateOrder', (stack) => new ValidateOrder({ handler: userFunction(stack, 'Mine') })],
  ['CreateOrder', (stack) => new CreateOrder({ handler: userFunction(stack, 'Mine') })],
  ['ReserveInventory', (stack) => new ReserveInventory({ handler: userFunction(stack, 'Mine'), releaseHandler: userFunction(stack, 'Release') })],
])('%s invokes a handler of the user instead, and its outcome is recorded', (stepName, step) => {
  const { States } = statesOf((stack) => [step(stack)]);

  expect(functionOf(States[stepName])).toMatch(/:function:Mine/);
  expect(States[stepName].Next).toBe(`Record ${stepName}`);
});

test('CreateOrder without a handler is one conditional write', () => {
  const { States } = statesOf(() => [new CreateOrder()]);

  expect(States.CreateOrder).toMatchObject({ Resource: expect.stringMatching(/dynamodb:updateItem$/), Next: 'CreateOrder accepted?' });
});

test('AwaitApproval waits with the token of its task, and is skipped where its condition does not hold', () => {
  const { States } = statesOf(() => [new AwaitApproval({ onlyIf: '$states.input.totalAmount > 1000', timeout: Duration.hours(2) })]);

  expect(States['AwaitApproval needed?']).toMatchObject({
    Choices: [{ Condition: '{% $states.input.totalAmount > 1000 %}', Next: 'AwaitApproval' }], Default: 'Complete order',
  });
  expect(States.AwaitApproval).toMatchObject({ Resource: expect.stringMatching(/updateItem\.waitForTaskToken$/), TimeoutSeconds: 7_200 });
});

test('ProcessPayment keeps the charge as the payment of the order; a result of another step is kept under its name', () => {
  const { States } = statesOf((stack) => [
    new ProcessPayment({ charge: userFunction(stack, 'Charge'), refund: userFunction(stack, 'Refund') }),
    new RunStates({ stepName: 'Audit', states: new sfn.Pass(stack, 'Note'), acceptedStatus: 'AUDITED' }),
  ]);

  const updated = (state: AslState) => state.Arguments.UpdateExpression;
  expect(updated(States['Record ProcessPayment'])).toContain('#payment = ');
  expect(updated(States['Record Audit'])).toContain('#results = ');
  expect(updated(States['Record Audit'])).not.toContain('#payment = ');
});

test('a simulated payment warns that no money moves', () => {
  const { stack } = workflowOf(() => [ProcessPayment.simulated()]);

  Annotations.fromStack(stack).hasWarning('*', Match.stringLikeRegexp('ProcessPayment only simulates payments: no money moves'));
});

test('a prepaid payment has no state on the way forward, and is the last to be undone', () => {
  const { States } = statesOf((stack) => [ProcessPayment.prepaid({ refund: userFunction(stack, 'Refund') }), new ReserveInventory()]);

  expect(States.PrepaidPayment).toBeUndefined();
  expect(States['Record undo of ReserveInventory'].Next).toBe('Undo PrepaidPayment');
  expect(branchesOf(States['ReserveInventory accepted?'])).toHaveLength(3);
});

test('every kind of config can have a compensation, which runs once in the chain', () => {
  const undo = (stack: Stack, id: string) => new FunctionCompensation(userFunction(stack, id));
  const step = (stepName: string, config: OrderStepConfig): IOrderStep => ({ stepName, bind: () => config });
  const { States } = statesOf((stack) => [
    step('Before', OrderStepConfig.compensationOnly({ compensation: undo(stack, 'UndoBefore') })),
    step('Work', OrderStepConfig.task({ states: new sfn.Pass(stack, 'Do'), acceptedStatus: 'DONE', compensation: undo(stack, 'UndoWork') })),
    step('Wait', OrderStepConfig.waiting({
      waitingStatus: 'ASKED', acceptedStatus: 'YES', rejectedStatus: 'NO', timeout: Duration.hours(1), compensation: undo(stack, 'UndoWait'),
    })),
    step('Mark', OrderStepConfig.statusOnly({ acceptedStatus: 'MARKED', compensation: undo(stack, 'UndoMark') })),
    step('Book', OrderStepConfig.transactional({
      handler: userFunction(stack, 'BookFunction'), acceptedStatus: 'BOOKED', rejectedStatus: 'FULL', compensation: undo(stack, 'UndoBook'),
    })),
  ]);

  const chain = ['Undo Book'];
  for (let next = States['Undo Book'].Next; next; next = States[next].Next) {
    chain.push(next);
  }
  expect(chain.filter((name) => name.startsWith('Undo '))).toEqual(['Undo Book', 'Undo Mark', 'Undo Wait', 'Undo Work', 'Undo Before']);
});

test('a step makes its functions through the host, with the settings of the workflow', () => {
  const { stack } = workflowOf(() => [{
    stepName: 'Own',
    bind: (scope: Construct, host: IStepHost) => OrderStepConfig.transactional({
      handler: host.newFunction(scope, 'Function', {
        code: lambda.Code.fromInline('exports.handler = async () => ({});'), environment: { TABLE: host.ordersTable.tableName },
      }),
      acceptedStatus: 'DONE',
    }),
  }], { functionSettings: { memorySize: 512 } });

  Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Function', {
    MemorySize: 512, Handler: 'index.handler', Environment: { Variables: { TABLE: { Ref: Match.stringLikeRegexp('^OrdersTablesOrders') } } },
  });
});
