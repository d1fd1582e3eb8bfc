import { aws_stepfunctions as sfn } from 'aws-cdk-lib';
import { OrderProcessingWorkflow } from '../order-processing-workflow';

/** Transitions are counted, throttled and paid in a STANDARD state machine only. @internal */
export function isStandard({ stateMachine }: OrderProcessingWorkflow): boolean {
  return stateMachine.stateMachineType === sfn.StateMachineType.STANDARD;
}
