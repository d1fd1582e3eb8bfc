import { aws_lambda as lambda, aws_stepfunctions as sfn } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { SagaStep } from './saga-step';
import { grantResume } from '../private/grant-machine';
import { grantTable } from '../private/grant-table';
import { bundledCode } from '../private/order-function';
import { IStepHost } from '../step-host';

/** The function that decides on orders that wait for it, when a step waits. @internal */
export function decideFunction(scope: Construct, host: IStepHost, steps: SagaStep[], stateMachine: sfn.StateMachine): lambda.IFunction | undefined {
  if (!steps.some(({ config }) => config.kind === 'waiting')) {
    return undefined;
  }
  const decide = host.newFunction(scope, 'DecideFunction', {
    displayName: 'Decide order',
    code: bundledCode('steps/decide-approval'),
    description: 'Approves or declines an order that waits for a decision',
    environment: { ORDERS_TABLE: host.ordersTable.tableName },
  });
  grantTable(host.ordersTable, decide, 'dynamodb:GetItem');
  grantResume(decide, stateMachine.stateMachineArn, host.encryptionKey);
  return decide;
}
