import aslValidator from 'asl-validator';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { AslDefinition, definitionOf } from './state-machine';
import { unassignedMentions } from './variables';
import { CLOSING_KINDS, STEP_KINDS, userFunction, workflowOf } from './workflow';
import { OrderProcessingWorkflow, ProcessPayment } from '../../src';

const KINDS = { ...STEP_KINDS, ...CLOSING_KINDS };

export const FORWARD_KINDS = Object.keys(STEP_KINDS);
export const LAST_KINDS = Object.keys(CLOSING_KINDS);

/** The state machine of a list of steps, by their kinds. */
export function definitionOfKinds(
  kinds: string[], stateMachineType: sfn.StateMachineType = sfn.StateMachineType.STANDARD, prepaid = false,
): AslDefinition {
  return definitionOf(workflowOfKinds(kinds, stateMachineType, prepaid).stateMachine);
}

/** A workflow of a list of steps, by their kinds. */
export function workflowOfKinds(
  kinds: string[], stateMachineType: sfn.StateMachineType = sfn.StateMachineType.STANDARD, prepaid = false,
): OrderProcessingWorkflow {
  return workflowOf((scope) => [
    ...(prepaid ? [ProcessPayment.prepaid({ refund: userFunction(scope, 'Refund') })] : []),
    ...kinds.map((kind, index) => KINDS[kind](scope, `${kind}${index}`)),
  ], { stateMachineType }).workflow;
}

/** What Step Functions would refuse, or only find out when an order gets there. */
export function problemsOf(definition: AslDefinition): unknown[] {
  const { isValid, errors } = aslValidator(definition as never);
  return [...(isValid ? [] : errors), ...unassignedMentions(definition)];
}
