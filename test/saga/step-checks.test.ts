import { Duration, Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import {
  AwaitApproval, FunctionCompensation, IOrderStep, InvokeFunction, OrderProcessingWorkflow, OrderStepConfig, ProcessPayment, ReserveInventory,
  SendConfirmation, ValidateOrder,
} from '../../src';
import { newStack, userFunction, workflowOf } from '../support/workflow';

/** A step that says of itself whatever a test wants. */
function stepThat(stepName: string, config: (scope: Construct) => OrderStepConfig): IOrderStep {
  return { stepName, bind: config };
}

function pass(scope: Construct): sfn.IChainable {
  return new sfn.Pass(scope, 'Pass', { stateName: `${scope.node.id} passes` });
}

const refund = (stack: Stack) => new FunctionCompensation(userFunction(stack, 'Refund'));

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
  ['a step without an accepted status', (stack) => [new InvokeFunction({ handler: userFunction(stack, 'F') })],
    /InvokeFunction has no acceptedStatus: name the status .* or make it a closing step/],
  ['approval on EXPRESS', () => [new ValidateOrder(), new AwaitApproval()],
    /AwaitApproval waits for a decision, which an EXPRESS state machine cannot: use stateMachineType STANDARD or leave the step out/,
    { stateMachineType: sfn.StateMachineType.EXPRESS }],
  ['a condition in braces', () => [new ValidateOrder(), new AwaitApproval({ onlyIf: '{% $states.input.totalAmount > 10 %}' })],
    /onlyIf of AwaitApproval is '\{% .* %\}': give the JSONata alone, without \{% and %\}/],
  ['a condition on a path of JSONPath', () => [new ValidateOrder(), new AwaitApproval({ onlyIf: '$.totalAmount > 1000' })],
    /onlyIf of AwaitApproval is '\$\.totalAmount > 1000': begin with \$states\.input, which is the order, instead of \$ /],
  ['a sender that is no address', () => [new ValidateOrder(), new SendConfirmation({ from: 'garbage' })],
    /from is 'garbage', which is no mail address: give one that SES has verified/],
  ['a wait of no time', () => [new AwaitApproval({ timeout: Duration.seconds(0) })], /timeout of AwaitApproval is .*: an order can wait from a second to a year/],
  ['a wait of years', () => [new AwaitApproval({ timeout: Duration.days(800) })], /timeout of AwaitApproval is .*: an order can wait/],
  ['an alias that gives up before its function', (stack) => [new InvokeFunction({
    stepName: 'Slow',
    handler: userFunction(stack, 'F', Duration.seconds(30)).addAlias('live'),
    acceptedStatus: 'DONE',
    timeout: Duration.seconds(20),
  })], /timeout of Slow is 20 s, shorter than the 30 s/],
  ['a wait that nothing can end', () => [stepThat('Ask', (scope) => ({ action: pass(scope), acceptedStatus: 'YES', waitingStatus: 'ASKED' }))],
    /Ask waits in ASKED but has no rejected status/],
  ['a step after a closing one', () => [new ValidateOrder(), new SendConfirmation({ from: 'a@example.com' }), new ReserveInventory()],
    /ReserveInventory stands after the closing step SendConfirmation, where nothing can be undone any more: put it before/],
  ['only closing steps', () => [new SendConfirmation({ from: 'a@example.com' })], /steps has no step that moves an order forward/],
  ['a closing step with a compensation', (stack) => [new ValidateOrder(),
    stepThat('Bye', (scope) => ({ action: pass(scope), closing: true, compensation: refund(stack) }))],
  /Bye is a closing step with a compensation, but a completed order is never undone/],
  ['a closing step with a status', () => [new ValidateOrder(), stepThat('Bye', (scope) => ({ action: pass(scope), closing: true, acceptedStatus: 'GONE' }))],
    /Bye is a closing step with the status GONE, but the order stays COMPLETED/],
  ['a closing step that does nothing', () => [new ValidateOrder(), stepThat('Bye', () => ({ closing: true }))], /Bye is a closing step without an action/],
  ['a step that does nothing', () => [stepThat('Idle', () => ({}))], /steps has no step that moves|Idle has neither/],
  ['a step that does nothing beside one that does', () => [new ValidateOrder(), stepThat('Idle', () => ({}))],
    /Idle has neither an action nor a compensation: it would do nothing/],
  ['a prepaid payment that is not first', (stack) => [new ValidateOrder(), ProcessPayment.prepaid({ refund: userFunction(stack, 'Refund') })],
    /PrepaidPayment undoes what happened before the order began, so a rejection by an earlier step would miss it: put it first/],
  ['a status that nothing leads to', (stack) => [stepThat('Paid', () => ({ compensation: refund(stack), acceptedStatus: 'HAD' })), new ValidateOrder()],
    /Paid has the status HAD but no action that could lead to it/],
  ['a task that gives up before its function', (stack) => [new InvokeFunction({
    stepName: 'Slow', handler: userFunction(stack, 'F', Duration.seconds(30)), acceptedStatus: 'DONE', timeout: Duration.seconds(20),
  })], /timeout of Slow is 20 s, shorter than the 30 s of its function: .* raise the timeout of the step or lower that of the function/],
  ['a charge that gives up before its function', (stack) => [new ProcessPayment({
    charge: userFunction(stack, 'Charge', Duration.seconds(30)), refund: userFunction(stack, 'Refund'), timeout: Duration.seconds(1),
  })], /timeout of ProcessPayment is 1 s, shorter than the 30 s/],
  ['an approval rate that is no share', () => [ProcessPayment.simulated({ approvalRate: 90 })], /approvalRate of ProcessPayment is 90: give a share from 0/],
  ['a reservation of one\'s own that cannot be released', (stack) => [new ReserveInventory({ handler: userFunction(stack, 'F') })],
    /ReserveInventory has a handler but no releaseHandler/],
  ['a release of one\'s own for what ours reserve', (stack) => [new ReserveInventory({ releaseHandler: userFunction(stack, 'F') })],
    /ReserveInventory has a releaseHandler but no handler/],
  ['a state with the name of its step', () => [stepThat('Audit', (scope) => ({ action: new sfn.Pass(scope, 'Audit'), acceptedStatus: 'AUDITED' }))],
    /one of the states of Audit has the name of the step, which is that of the state around them: give it another/],
];

test.each(REFUSALS)('refuses %s', (_reason, steps, message, ...[props]) => {
  expect(() => workflowOf(steps, props)).toThrow(message);
});

test('refuses a currency that is none', () => {
  expect(() => workflowOf(() => [new ValidateOrder()], { defaultCurrency: 'EURO' })).toThrow(/defaultCurrency is 'EURO': give a code of ISO 4217/);
});

test('refuses a step that is part of another workflow', () => {
  const stack = newStack();
  const validate = new ValidateOrder();
  new OrderProcessingWorkflow(stack, 'Orders', { steps: [validate] });

  expect(() => new OrderProcessingWorkflow(stack, 'MoreOrders', { steps: [validate] }))
    .toThrow(/step ValidateOrder is part of another workflow already: make a new one here \(at Shop\/MoreOrders\/Saga\)/);
});

test('accepts a function whose time-out is not known', () => {
  expect(() => workflowOf((stack) => [new InvokeFunction({
    stepName: 'Far',
    handler: lambda.Function.fromFunctionArn(stack, 'Far', 'arn:aws:lambda:eu-central-1:111111111111:function:far'),
    acceptedStatus: 'DONE',
    timeout: Duration.seconds(1),
  })])).not.toThrow();
});
