import { Duration, aws_dynamodb as dynamodb, aws_iam as iam, aws_lambda as lambda, aws_stepfunctions as sfn } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { IOrderWorkflow } from '../order-workflow';
import { grantResume } from '../private/grant-machine';
import { grantTable } from '../private/grant-table';
import { bundledCode } from '../private/order-function';
import { WatchList } from '../watch-list';

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

/** The timeout of an intake of messages. @internal */
export const INTAKE_TIMEOUT = Duration.seconds(15);

/**
 * The timeout where a client waits for the answer: less than API Gateway waits, and enough to find out the outcome of a request that
 * got no response. An order must not be executed whose client never got an answer.
 */
const ANSWER_TIMEOUT = Duration.seconds(28);

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
    timeout: props.cancels ? ANSWER_TIMEOUT : INTAKE_TIMEOUT,
    environment: {
      ORDERS_TABLE: ordersTable.tableName,
      STATE_MACHINE_ARN: workflow.aliasArn,
      DEFAULT_CURRENCY: workflow.defaultCurrency,
      METRIC_NAMESPACE: workflow.metrics.metricNamespace,
      WORKFLOW: workflow.workflowName,
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
  WatchList.of(scope)._hasIntakes = true;
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
    grantResume(grantee, workflow.stateMachine.stateMachineArn, workflow.encryptionKey, actions);
  }
}
