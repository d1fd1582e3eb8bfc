import { Duration, aws_dynamodb as dynamodb, aws_iam as iam, aws_lambda as lambda, aws_stepfunctions as sfn } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { IOrderWorkflow } from '../order-workflow';
import { grantTable } from '../private/grant-table';
import { bundledCode } from '../private/order-function';

/** @internal */
export interface IntakeFunctionProps {
  /** The handler below lambda-src/intake. */
  readonly handler: string;
  readonly description: string;
  /** Whether it also cancels orders. */
  readonly cancels?: boolean;
  /** Whether it also decides on orders. */
  readonly decides?: boolean;
  readonly environment?: { [name: string]: string };
}

/** The timeout of an intake: a client waits for the response. @internal */
export const INTAKE_TIMEOUT = Duration.seconds(15);

/**
 * The function behind an intake: it validates an order, writes its row, and starts its execution.
 *
 * @internal
 */
export function intakeFunction(scope: Construct, workflow: IOrderWorkflow, props: IntakeFunctionProps): lambda.Function {
  const { ordersTable } = workflow;
  const locks = idempotencyTableOf(workflow);
  const fn = workflow.newFunction(scope, 'Function', {
    displayName: `${scope.node.id} intake`,
    code: bundledCode(`intake/${props.handler}`),
    description: props.description,
    timeout: INTAKE_TIMEOUT,
    environment: {
      ORDERS_TABLE: ordersTable.tableName,
      STATE_MACHINE_ARN: workflow.aliasArn,
      DEFAULT_CURRENCY: workflow.defaultCurrency,
      ...(locks ? { IDEMPOTENCY_TABLE: locks.tableName } : {}),
      ...props.environment,
    },
  });
  grantTable(ordersTable, fn, 'dynamodb:GetItem', 'dynamodb:PutItem', ...(props.cancels ? ['dynamodb:UpdateItem'] : []));
  if (locks) {
    grantTable(locks, fn, 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem');
  }
  workflow.grantStartOrder(fn);
  grantTaskResponse(fn, workflow, props);
  return fn;
}

/** On EXPRESS the order's row alone makes a repeated request harmless. */
function idempotencyTableOf(workflow: IOrderWorkflow): dynamodb.ITable | undefined {
  return workflow.stateMachineType === sfn.StateMachineType.EXPRESS ? undefined : workflow.idempotencyTable;
}

/** To resume an order that waits, because it is cancelled or decided on. */
function grantTaskResponse(grantee: iam.IGrantable, workflow: IOrderWorkflow, { cancels, decides }: IntakeFunctionProps): void {
  const actions = [...(cancels ? ['states:SendTaskFailure'] : []), ...(decides ? ['states:SendTaskSuccess'] : [])];
  if (workflow.hasDecideFunction && actions.length > 0) {
    iam.Grant.addToPrincipal({ grantee, actions, resourceArns: [workflow.stateMachine.stateMachineArn] });
  }
}
