import aslValidator from 'asl-validator';
import { Stack } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { AslDefinition, definitionOf } from './state-machine';
import { unassignedMentions } from './variables';
import { CLOSING_KINDS, STEP_KINDS, newStack, userFunction } from './workflow';
import { IClosingStep, IOrderStep, OrderProcessingWorkflow, OrderSaga, ProcessPayment } from '../../src';

export const FORWARD_KINDS = Object.keys(STEP_KINDS);
export const LAST_KINDS = Object.keys(CLOSING_KINDS);

/** The state machine of a list of steps, by their kinds. */
export function definitionOfKinds(
  kinds: string[], stateMachineType: sfn.StateMachineType = sfn.StateMachineType.STANDARD, prepaid = false,
): AslDefinition {
  const stack = newStack();
  const table = (id: string) => dynamodb.Table.fromTableName(stack, id, id);
  // The saga alone: the rest of a workflow takes longer to make.
  return definitionOf(new OrderSaga(stack, 'Saga', {
    ...stepsOfKinds(stack, kinds, prepaid),
    ordersTable: table('Orders'),
    productsTable: table('Products'),
    failureTopic: sns.Topic.fromTopicArn(stack, 'Topic', 'arn:aws:sns:eu-central-1:111111111111:failures'),
    stateMachineType,
  }).stateMachine);
}

/** A workflow of a list of steps, by their kinds. */
export function workflowOfKinds(
  kinds: string[], stateMachineType: sfn.StateMachineType = sfn.StateMachineType.STANDARD, prepaid = false,
): OrderProcessingWorkflow {
  const stack = newStack();
  return new OrderProcessingWorkflow(stack, 'Orders', { ...stepsOfKinds(stack, kinds, prepaid), stateMachineType });
}

function stepsOfKinds(stack: Stack, kinds: string[], prepaid: boolean): { steps: IOrderStep[]; closingSteps: IClosingStep[] } {
  const named = kinds.map((kind, index) => ({ kind, name: `${kind}${index}` }));
  return {
    steps: [
      ...(prepaid ? [ProcessPayment.prepaid({ refund: userFunction(stack, 'Refund') })] : []),
      ...named.filter(({ kind }) => kind in STEP_KINDS).map(({ kind, name }) => STEP_KINDS[kind](stack, name)),
    ],
    closingSteps: named.filter(({ kind }) => kind in CLOSING_KINDS).map(({ kind, name }) => CLOSING_KINDS[kind](stack, name)),
  };
}

/** What Step Functions would refuse, or only find out when an order gets there. */
export function problemsOf(definition: AslDefinition): unknown[] {
  const { isValid, errors } = aslValidator(definition as never);
  return [...(isValid ? [] : errors), ...unassignedMentions(definition)];
}

/**
 * The same of many definitions, as the branches of one: the validator compiles its schemas anew for each definition that it is
 * given, which takes nearly all of its time.
 */
export function problemsOfAll(definitions: AslDefinition[]): unknown[] {
  const { errors } = aslValidator({
    StartAt: 'All', QueryLanguage: 'JSONPath', States: { All: { Type: 'Parallel', Branches: definitions.map(({ StartAt, States }) => ({ StartAt, States })), End: true } },
  });
  const ofOne = (errors as { 'Error code': string }[]).filter((error) => error['Error code'] !== 'DUPLICATE_STATE_NAMES');
  return [...ofOne, ...definitions.flatMap((definition) => unassignedMentions(definition))];
}
