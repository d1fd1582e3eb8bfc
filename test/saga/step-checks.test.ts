import { Duration, Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import {
  AwaitApproval, ClosingStepConfig, EnqueueOrder, IClosingStep, IOrderStep, InvokeFunction, OrderProcessingWorkflow, OrderStepConfig, ProcessPayment,
  ReserveInventory, ValidateOrder,
} from '../../src';
import { newStack, userFunction, workflowOf } from '../support/workflow';

/** A step with this config. */
function stepThat(stepName: string, config: (scope: Construct) => OrderStepConfig): IOrderStep {
  return { stepName, bind: config };
}

/** A step as another language, or JavaScript, can pass it: TypeScript refuses it. */
const untyped = (stepName: string, config: unknown) => [new ValidateOrder(), { stepName, bind: () => config } as unknown as IOrderStep];
const CLOSING_CONFIG = (stack: Stack) => ClosingStepConfig.task({ states: new sfn.Pass(stack, 'Note') });

const REFUSALS: [reason: string, steps: (stack: Stack) => IOrderStep[], message: RegExp, props?: { stateMachineType: sfn.StateMachineType }][] = [
  ['an empty list', () => [], /steps is empty: give at least one step/],
  ['two steps of one name', () => [new ValidateOrder(), new ValidateOrder()], /two steps have the name ValidateOrder: give one of them another stepName/],
  ['a name that no state can have', () => [new ValidateOrder({ stepName: 'check it' })], /stepName 'check it' is not a name: use a letter/],
  ['a step that has no name', () => [{ bind: () => ({}) } as unknown as IOrderStep], /stepName 'undefined' is not a name: use a letter/],
  ['two steps of one status', () => [new ValidateOrder(), new ValidateOrder({ stepName: 'Again' })],
    /status VALID belongs to ValidateOrder and to Again: .* rename one of them/],
  ['a status that is accepted here and rejected there', () => [new ValidateOrder(), new ReserveInventory({ rejectedStatus: 'VALID' })],
    /status VALID belongs to ValidateOrder and to ReserveInventory/],
  ['a reserved status', () => [new ValidateOrder({ acceptedStatus: 'COMPLETED' })], /status COMPLETED of ValidateOrder is reserved/],
  ['a reserved waiting status', () => [new AwaitApproval({ waitingStatus: 'RECEIVED' })], /status RECEIVED of AwaitApproval is reserved/],
  ['a status that is no name', () => [new ValidateOrder({ rejectedStatus: 'not valid' })], /status 'not valid' of ValidateOrder is not a name: use a capital/],
  ['a rejected status equal to the accepted one', () => [new ValidateOrder({ acceptedStatus: 'SEEN', rejectedStatus: 'SEEN' })],
    /ValidateOrder has SEEN as accepted and as rejected status/],
  ['approval on EXPRESS', () => [new ValidateOrder(), new AwaitApproval()],
    /AwaitApproval waits for a decision, which an EXPRESS state machine cannot: use stateMachineType STANDARD or leave the step out/,
    { stateMachineType: sfn.StateMachineType.EXPRESS }],
  ['a condition in braces', () => [new ValidateOrder(), new AwaitApproval({ onlyIf: '{% $states.input.totalAmount > 10 %}' })],
    /onlyIf of AwaitApproval is '\{% .* %\}': give the JSONata alone, without \{% and %\}/],
  ['a condition on a path of JSONPath', () => [new ValidateOrder(), new AwaitApproval({ onlyIf: '$.totalAmount > 1000' })],
    /onlyIf of AwaitApproval is '\$\.totalAmount > 1000': begin with \$states\.input, which is the order, instead of \$ /],
  ['a wait of zero seconds', () => [new AwaitApproval({ timeout: Duration.seconds(0) })], /timeout of AwaitApproval is .*: an order can wait from a second to a year/],
  ['a wait of years', () => [new AwaitApproval({ timeout: Duration.days(800) })], /timeout of AwaitApproval is .*: an order can wait/],
  ['an alias whose task times out before its function', (stack) => [new InvokeFunction({
    stepName: 'Slow',
    handler: userFunction(stack, 'F', Duration.seconds(30)).addAlias('live'),
    acceptedStatus: 'DONE',
    timeout: Duration.seconds(20),
  })], /timeout of Slow is 20 s, shorter than the 30 s/],
  ['a list without a step that moves an order forward', (stack) => [ProcessPayment.prepaid({ refund: userFunction(stack, 'Refund') })],
    /steps has no step that moves an order forward: give at least one that does more than to undo/],
  ['a closing step among the steps', (stack) => [new ValidateOrder(), new ReserveInventory(),
    new EnqueueOrder({ queue: new sqs.Queue(stack, 'Queue') }) as unknown as IOrderStep], /^steps\[2\] \(EnqueueOrder\) is a closing step: move it to closingSteps \(at /],
  ['a config of its own', () => untyped('Odd', { action: {}, acceptedStatus: 'ODD' }),
    /^the bind\(\) of step Odd returned no OrderStepConfig: return OrderStepConfig\.task\(…\), \.transactional\(…\), \.waiting\(…\), \.statusOnly\(…\) or \.comp/],
  ['no config', () => untyped('Odd', undefined), /^the bind\(\) of step Odd returned no OrderStepConfig/],
  ['a prepaid payment that is not first', (stack) => [new ValidateOrder(), ProcessPayment.prepaid({ refund: userFunction(stack, 'Refund') })],
    /PrepaidPayment undoes what happened before the order was started, so a rejection by an earlier step would miss it: put it first/],
  ['a task that times out before its function', (stack) => [new InvokeFunction({
    stepName: 'Slow', handler: userFunction(stack, 'F', Duration.seconds(30)), acceptedStatus: 'DONE', timeout: Duration.seconds(20),
  })], /timeout of Slow is 20 s, shorter than the 30 s of its function: .* raise the timeout of the step or lower that of the function/],
  ['a charge that times out before its function', (stack) => [new ProcessPayment({
    charge: userFunction(stack, 'Charge', Duration.seconds(30)), refund: userFunction(stack, 'Refund'), timeout: Duration.seconds(1),
  })], /timeout of ProcessPayment is 1 s, shorter than the 30 s/],
  ['an approval rate that is no share', () => [ProcessPayment.simulated({ approvalRate: 90 })], /approvalRate of ProcessPayment is 90: give a share from 0/],
  ['a handler without a releaseHandler', (stack) => [new ReserveInventory({ handler: userFunction(stack, 'F') })],
    /ReserveInventory has a handler but no releaseHandler/],
  ['a releaseHandler without a handler', (stack) => [new ReserveInventory({ releaseHandler: userFunction(stack, 'F') })],
    /ReserveInventory has a releaseHandler but no handler/],
  ['a state with the name of its step', () => [stepThat('Audit', (scope) => OrderStepConfig.task({ states: new sfn.Pass(scope, 'Audit'), acceptedStatus: 'AUDITED' }))],
    /one of the states of Audit has the name of the step, which is the name of the Parallel around them: rename it/],
];

test.each(REFUSALS)('refuses %s', (_reason, steps, message, ...[props]) => {
  expect(() => workflowOf(steps, props)).toThrow(message);
});

const CLOSING_REFUSALS: [reason: string, closingSteps: (stack: Stack) => IClosingStep[], message: RegExp][] = [
  ['a step among the closing steps', () => [new ReserveInventory() as unknown as IClosingStep],
    /^closingSteps\[0\] \(ReserveInventory\) is not a closing step: move it to steps/],
  ['a config of its own', () => [{ stepName: 'Odd', bind: () => ({ states: {} }) } as unknown as IClosingStep],
    /^the bind\(\) of closing step Odd returned no ClosingStepConfig: return ClosingStepConfig\.task\(…\)/],
  ['the name of a step', (stack) => [{ stepName: 'ValidateOrder', bind: () => CLOSING_CONFIG(stack) }], /two steps have the name ValidateOrder/],
  ['a condition in braces', (stack) => [{
    stepName: 'Note', bind: () => ClosingStepConfig.task({ states: new sfn.Pass(stack, 'Write'), onlyIf: '{% true %}' }),
  }], /onlyIf of Note is '\{% true %\}': give the JSONata alone/],
];

test.each(CLOSING_REFUSALS)('refuses %s of a closing step', (_reason, closingSteps, message) => {
  expect(() => workflowOf(() => [new ValidateOrder()], {}, closingSteps)).toThrow(message);
});

test('refuses a currency that is no ISO 4217 code', () => {
  expect(() => workflowOf(() => [new ValidateOrder()], { defaultCurrency: 'EURO' })).toThrow(/defaultCurrency is 'EURO': give an ISO 4217 code, such as EUR/);
});

test('refuses a step that is part of another workflow', () => {
  const stack = newStack();
  const validate = new ValidateOrder();
  new OrderProcessingWorkflow(stack, 'Orders', { steps: [validate] });

  expect(() => new OrderProcessingWorkflow(stack, 'MoreOrders', { steps: [validate] }))
    .toThrow(/step ValidateOrder is part of another workflow already: make a new one here \(at Shop\/MoreOrders\/Saga\)/);
});

test('accepts a function whose timeout is not known', () => {
  expect(() => workflowOf((stack) => [new InvokeFunction({
    stepName: 'Far',
    handler: lambda.Function.fromFunctionArn(stack, 'Far', 'arn:aws:lambda:eu-central-1:111111111111:function:far'),
    acceptedStatus: 'DONE',
    timeout: Duration.seconds(1),
  })])).not.toThrow();
});
