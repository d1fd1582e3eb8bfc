import { App, Stack } from 'aws-cdk-lib';
import { OrderProcessingWorkflow } from '../../src';

/** What a team gets that says nothing: validate, reserve, complete. */
export function minimal(app: App): Stack {
  const stack = new Stack(app, 'Minimal');
  new OrderProcessingWorkflow(stack, 'Orders');
  return stack;
}
