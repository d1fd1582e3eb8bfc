import { Duration, aws_lambda as lambda } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { InvokeFunction } from './invoke-function';
import { IOrderStep } from './order-step';
import { OrderStepConfig } from './order-step-config';
import { ReleaseInventory } from './release-inventory';
import { StepSettings } from './step-settings';
import { grantTable } from '../private/grant-table';
import { bundledCode } from '../private/order-function';
import { ValidationError } from '../private/validation-error';
import { IStepHost } from '../step-host';
import { WatchList } from '../watch-list';

/**
 * Properties for ReserveInventory.
 */
export interface ReserveInventoryProps extends StepSettings {
  /**
   * The status of an order whose stock is reserved.
   *
   * @default RESERVED
   */
  readonly acceptedStatus?: string;

  /**
   * The status of an order for more than there is.
   *
   * @default OUT_OF_STOCK
   */
  readonly rejectedStatus?: string;

  /**
   * The status of an order that waited for its turn longer than `contentionTimeout`.
   *
   * @default BUSY
   */
  readonly busyStatus?: string;

  /**
   * How long an order waits for its turn when other orders reserve the same products at the same time, from five seconds to an hour.
   *
   * DynamoDB refuses transactions that overlap on a product. The reservation is tried again until then, and the order is rejected after it.
   *
   * @default Duration.minutes(1)
   */
  readonly contentionTimeout?: Duration;

  /**
   * A function that reserves elsewhere; it needs a `releaseHandler` beside it.
   *
   * It is invoked with the order and an `idempotencyKey`, and returns an object with the accepted or the rejected `status`.
   *
   * @default - all lines of the order and its status in one transaction on the products table
   */
  readonly handler?: lambda.IFunction;

  /**
   * A function that releases what `handler` has reserved, and has no effect when that is nothing.
   *
   * @default - the lines of the order go back to the products table
   */
  readonly releaseHandler?: lambda.IFunction;
}

/**
 * Reserves the stock for an order's lines, all or none, and releases it when the order is undone.
 */
export class ReserveInventory implements IOrderStep {
  public readonly stepName: string;

  /**
   * @param props properties of the step
   */
  constructor(private readonly props: ReserveInventoryProps = {}) {
    this.stepName = props.stepName ?? 'ReserveInventory';
    if (!props.handler !== !props.releaseHandler) {
      const [given, missing] = props.handler ? ['handler', 'releaseHandler'] : ['releaseHandler', 'handler'];
      throw new ValidationError(
        `${this.stepName} has a ${given} but no ${missing}: what one function reserves only its own counterpart can release; give both or none`,
      );
    }
    if (props.handler && (props.busyStatus ?? props.contentionTimeout)) {
      throw new ValidationError(
        `${this.stepName} has a handler and a ${props.busyStatus ? 'busyStatus' : 'contentionTimeout'}, which is for the products table: `
        + 'let the handler wait for its turn, and return the rejected status',
      );
    }
  }

  public bind(scope: Construct, host: IStepHost): OrderStepConfig {
    const {
      acceptedStatus = 'RESERVED', rejectedStatus = 'OUT_OF_STOCK', busyStatus = 'BUSY', contentionTimeout, handler, releaseHandler, timeout, retry,
    } = this.props;
    const { stepName } = this;
    if (handler) {
      return new InvokeFunction({
        stepName, handler, acceptedStatus, rejectedStatuses: [rejectedStatus], undoHandler: releaseHandler, timeout, retry,
      }).bind(scope, host);
    }
    const reserve = inventoryFunction(scope, 'Function', host, {
      bundle: 'steps/reserve-inventory', description: 'Reserves the stock for the lines of an order', displayName: stepName,
    });
    const release = inventoryFunction(scope, 'ReleaseFunction', host, {
      bundle: 'steps/release-inventory', description: 'Releases the stock of the lines of an order', displayName: `Undo ${stepName}`,
    });
    WatchList.of(scope)._reservations.set(stepName, reserve.logGroup);
    return OrderStepConfig.transactional({
      handler: reserve, acceptedStatus, rejectedStatus, busyStatus, contentionTimeout, compensation: new ReleaseInventory(release), timeout, retry,
    });
  }
}

interface InventoryFunctionProps {
  readonly bundle: string;
  readonly description: string;
  readonly displayName: string;
}

function inventoryFunction(scope: Construct, id: string, host: IStepHost, { bundle, ...props }: InventoryFunctionProps): lambda.Function {
  const fn = host.newFunction(scope, id, {
    ...props,
    code: bundledCode(bundle),
    environment: { ORDERS_TABLE: host.ordersTable.tableName, PRODUCTS_TABLE: host.productsTable.tableName },
  });
  grantTable(host.ordersTable, fn, 'dynamodb:GetItem', 'dynamodb:UpdateItem');
  grantTable(host.productsTable, fn, 'dynamodb:UpdateItem');
  return fn;
}
