import { App, Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { OrderProcessingWorkflow, ProcessPayment, ReserveInventory, ValidateOrder } from '../../src';

/** An express workflow of orders that were paid before. */
export function express(app: App): Stack {
  const stack = new Stack(app, 'Express');
  const refund = lambda.Function.fromFunctionAttributes(stack, 'Refund', {
    functionArn: stack.formatArn({ service: 'lambda', resource: 'function', resourceName: 'refund' }),
    sameEnvironment: true,
  });
  new OrderProcessingWorkflow(stack, 'Orders', {
    stateMachineType: sfn.StateMachineType.EXPRESS,
    steps: [ProcessPayment.prepaid({ refund }), new ValidateOrder(), new ReserveInventory()],
  });
  return stack;
}
