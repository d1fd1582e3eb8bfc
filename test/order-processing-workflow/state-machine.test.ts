import { App, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { OrderProcessingWorkflow, ProcessPayment, ReserveInventory, ValidateOrder } from '../../src';
import { newStack } from '../support/workflow';

test('a simulated payment has a warning at synth', () => {
  const stack = newStack();
  new OrderProcessingWorkflow(stack, 'Orders', { steps: [new ValidateOrder(), ProcessPayment.simulated()] });
  Annotations.fromStack(stack).hasWarning('*', Match.stringLikeRegexp('only simulates payments: no money moves'));
});

test('an EXPRESS workflow has the same steps', () => {
  const stack = newStack();
  new OrderProcessingWorkflow(stack, 'Orders', { stateMachineType: sfn.StateMachineType.EXPRESS, removalPolicy: RemovalPolicy.DESTROY });
  Template.fromStack(stack).hasResourceProperties('AWS::StepFunctions::StateMachine', { StateMachineType: 'EXPRESS' });
});

test('the validation of the CDK accepts the default workflow', () => {
  const app = new App();
  new OrderProcessingWorkflow(new Stack(app, 'Shop'), 'Orders', { steps: [new ValidateOrder(), new ReserveInventory()] });
  expect(() => app.synth()).not.toThrow();
});

test('the runtime of functions can be set', () => {
  const stack = newStack();
  new OrderProcessingWorkflow(stack, 'Orders', { functionSettings: { runtime: lambda.Runtime.NODEJS_22_X } });
  Template.fromStack(stack).allResourcesProperties('AWS::Lambda::Function', Match.objectLike({ Runtime: 'nodejs22.x' }));
});
