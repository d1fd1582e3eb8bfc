import { aws_stepfunctions as sfn } from 'aws-cdk-lib';

/** Transitions are counted, throttled and billed in a STANDARD state machine only. @internal */
export function isStandard({ stateMachineType }: sfn.StateMachine): boolean {
  return stateMachineType === sfn.StateMachineType.STANDARD;
}
