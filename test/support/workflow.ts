import { App, Duration, Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import {
  AwaitApproval, ClosingFunction, ClosingStates, CreateOrder, EnqueueOrder, IClosingStep, IOrderStep, InvokeFunction,
  OrderProcessingWorkflow, OrderProcessingWorkflowProps, ProcessPayment, ReserveInventory, RunStates, SendConfirmation, ValidateOrder,
} from '../../src';

export function newStack(): Stack {
  return new Stack(new App({ analyticsReporting: false }), 'Shop', { env: { account: '111111111111', region: 'eu-central-1' } });
}

/** A function of a user. */
export function userFunction(stack: Construct, id: string, timeout?: Duration): lambda.Function {
  return new lambda.Function(stack, id, {
    runtime: lambda.Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline('exports.handler = async () => ({});'),
    timeout,
  });
}

/** Every kind of step, for lists in any order. */
export const STEP_KINDS: { [kind: string]: (stack: Stack, name: string) => IOrderStep } = {
  validate: (_stack, stepName) => new ValidateOrder({ stepName, ...statuses(stepName) }),
  reserve: (_stack, stepName) => new ReserveInventory({ stepName, ...statuses(stepName), busyStatus: `${statuses(stepName).acceptedStatus}_BUSY` }),
  create: (_stack, stepName) => new CreateOrder({ stepName, acceptedStatus: statuses(stepName).acceptedStatus }),
  pay: (stack, stepName) => new ProcessPayment({
    stepName, ...statuses(stepName), charge: userFunction(stack, `${stepName}Charge`), refund: userFunction(stack, `${stepName}Refund`),
  }),
  approve: (_stack, stepName) => new AwaitApproval({
    stepName, ...statuses(stepName), waitingStatus: `${statuses(stepName).acceptedStatus}_PENDING`, onlyIf: '$states.input.totalAmount > 1000',
  }),
  invoke: (stack, stepName) => new InvokeFunction({
    stepName,
    handler: userFunction(stack, `${stepName}Function`),
    acceptedStatus: statuses(stepName).acceptedStatus,
    rejectedStatuses: [statuses(stepName).rejectedStatus],
    undoHandler: userFunction(stack, `${stepName}Undo`),
  }),
  run: (stack, stepName) => new RunStates({
    stepName,
    states: new sfn.Pass(stack, `${stepName} first`).next(new sfn.Pass(stack, `${stepName} second`)),
    acceptedStatus: statuses(stepName).acceptedStatus,
  }),
};

/** Every kind of closing step. */
export const CLOSING_KINDS: { [kind: string]: (stack: Stack, name: string) => IClosingStep } = {
  confirm: (_stack, stepName) => new SendConfirmation({ stepName, sender: 'shop@example.com' }),
  enqueue: (stack, stepName) => new EnqueueOrder({ stepName, queue: new sqs.Queue(stack, `${stepName}Queue`) }),
  invokeLast: (stack, stepName) => new ClosingFunction({ stepName, handler: userFunction(stack, `${stepName}Function`) }),
  runLast: (stack, stepName) => new ClosingStates({ stepName, states: new sfn.Pass(stack, `${stepName} note`) }),
};

function statuses(stepName: string): { acceptedStatus: string; rejectedStatus: string } {
  const name = stepName.toUpperCase();
  return { acceptedStatus: `${name}_OK`, rejectedStatus: `${name}_NO` };
}

/** A workflow of these steps in a stack of its own. */
export function workflowOf(
  steps: (stack: Stack) => IOrderStep[],
  props: OrderProcessingWorkflowProps = {},
  closingSteps: (stack: Stack) => IClosingStep[] = () => [],
): { stack: Stack; workflow: OrderProcessingWorkflow } {
  const stack = newStack();
  return { stack, workflow: new OrderProcessingWorkflow(stack, 'Orders', { steps: steps(stack), closingSteps: closingSteps(stack), ...props }) };
}
