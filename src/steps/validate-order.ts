import { aws_lambda as lambda } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { InvokeFunction } from './invoke-function';
import { IOrderStep } from './order-step';
import { OrderStepConfig } from './order-step-config';
import { StepSettings } from './step-settings';
import { grantTable } from '../private/grant-table';
import { bundledCode } from '../private/order-function';
import { IStepHost } from '../step-host';

/**
 * Properties for ValidateOrder.
 */
export interface ValidateOrderProps extends StepSettings {
  /**
   * The status of a valid order.
   *
   * @default VALID
   */
  readonly acceptedStatus?: string;

  /**
   * The status of an order that is not valid.
   *
   * @default INVALID
   */
  readonly rejectedStatus?: string;

  /**
   * Whether an order for more than there is in stock is not valid.
   *
   * Stock that is only read can be gone a moment later: `ReserveInventory` decides, with a status of its own.
   * Turn this on in a workflow that reserves nothing, or that charges before it reserves.
   *
   * @default false
   */
  readonly checkStock?: boolean;

  /**
   * A function that validates instead of the one of the library.
   *
   * It is invoked with the order and returns an object with the accepted or the rejected `status`, and a `reason`.
   *
   * @default - the one of the library: the fields are right, the products exist, their prices agree, and the total adds up
   */
  readonly handler?: lambda.IFunction;
}

/**
 * Validates an order against the products table.
 */
export class ValidateOrder implements IOrderStep {
  public readonly stepName: string;

  /**
   * @param props properties of the step
   */
  constructor(private readonly props: ValidateOrderProps = {}) {
    this.stepName = props.stepName ?? 'ValidateOrder';
  }

  public bind(scope: Construct, host: IStepHost): OrderStepConfig {
    const { acceptedStatus = 'VALID', rejectedStatus = 'INVALID', handler, checkStock, timeout, retry } = this.props;
    const { stepName } = this;
    if (handler) {
      return new InvokeFunction({
        stepName, handler, acceptedStatus, rejectedStatuses: [rejectedStatus], timeout, retry,
      }).bind(scope, host);
    }
    const validate = host.newFunction(scope, 'Function', {
      displayName: this.stepName,
      code: bundledCode('steps/validate-order'),
      description: 'Validates an order against the products table',
      environment: {
        ORDERS_TABLE: host.ordersTable.tableName,
        PRODUCTS_TABLE: host.productsTable.tableName,
        DEFAULT_CURRENCY: host.defaultCurrency,
        CHECK_STOCK: String(checkStock ?? false),
      },
    });
    grantTable(host.ordersTable, validate, 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem');
    grantTable(host.productsTable, validate, 'dynamodb:BatchGetItem');
    return OrderStepConfig.transactional({ handler: validate, acceptedStatus, rejectedStatus, opensOrder: true, timeout, retry });
  }
}
