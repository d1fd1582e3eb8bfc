import { aws_stepfunctions as sfn } from 'aws-cdk-lib';
import { IStepHost } from '../step-host';
import { WaitingStepProps } from '../steps/step-config-props';

/** Checks whether the state machine can wait as long as the step wants to. @internal */
export function checkWait(stepName: string, { timeout }: WaitingStepProps, host: IStepHost, fail: (message: string) => void): void {
  if (host.stateMachineType === sfn.StateMachineType.EXPRESS) {
    fail(`${stepName} waits for a decision, which an EXPRESS state machine cannot: use stateMachineType STANDARD or leave the step out`);
  }
  if (timeout.toSeconds() < 1 || timeout.toDays({ integral: false }) > 365) {
    fail(`timeout of ${stepName} is ${timeout.toHumanString()}: an order can wait from a second to a year`);
  }
}
