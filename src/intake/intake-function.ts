import { Duration, aws_iam as iam } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { OrderIntakeBindOptions } from './order-intake';
import { grantTable } from '../private/grant-table';
import { OrderFunction } from '../private/order-function';

/** @internal */
export interface IntakeFunctionProps {
  /** The handler below lambda-src/intake. */
  readonly handler: string;
  readonly description: string;
  /** What it does with orders beyond keeping and starting them. */
  readonly cancels?: boolean;
  readonly decides?: boolean;
  readonly environment?: { [name: string]: string };
}

/** How long an intake may take: a client waits for it. @internal */
export const INTAKE_TIMEOUT = Duration.seconds(15);

/**
 * A function that checks an order, keeps it, and starts it; behind every intake.
 *
 * @internal
 */
export function intakeFunction(scope: Construct, options: OrderIntakeBindOptions, props: IntakeFunctionProps): OrderFunction {
  const { ordersTable, idempotencyTable, saga } = options;
  const fn = new OrderFunction(scope, 'Function', {
    displayName: `${scope.node.id} intake`,
    bundle: `intake/${props.handler}`,
    description: props.description,
    timeout: INTAKE_TIMEOUT,
    settings: options.functionSettings,
    environment: {
      ORDERS_TABLE: ordersTable.tableName,
      STATE_MACHINE_ARN: saga.aliasArn,
      DEFAULT_CURRENCY: options.defaultCurrency,
      ...(idempotencyTable ? { IDEMPOTENCY_TABLE: idempotencyTable.tableName } : {}),
      ...props.environment,
    },
  });
  grantTable(ordersTable, fn, 'dynamodb:GetItem', 'dynamodb:PutItem', ...(props.cancels ? ['dynamodb:UpdateItem'] : []));
  if (idempotencyTable) {
    grantTable(idempotencyTable, fn, 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem');
  }
  saga.grantStartOrder(fn);
  grantAnswerWaits(fn, options, props);
  return fn;
}

/** To wake an order that waits, because it is cancelled or was decided. Where no step waits, there is none to wake. */
function grantAnswerWaits(fn: iam.IGrantable, { saga }: OrderIntakeBindOptions, { cancels, decides }: IntakeFunctionProps): void {
  const actions = [...(cancels ? ['states:SendTaskFailure'] : []), ...(decides ? ['states:SendTaskSuccess'] : [])];
  if (saga.decideFunction && actions.length > 0) {
    iam.Grant.addToPrincipal({ grantee: fn, actions, resourceArns: [saga.stateMachine.stateMachineArn] });
  }
}
