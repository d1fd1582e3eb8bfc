import { aws_lambda as lambda } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { InvokeFunction } from './invoke-function';
import { IOrderStep, OrderStepBindOptions, OrderStepConfig } from './order-step';
import { StepSettings } from './step-settings';
import { grantTable } from '../private/grant-table';
import { OrderFunction } from '../private/order-function';
import { orderFunctionTask } from '../private/order-function-task';

/**
 * How orders are validated.
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
   * Stock that is only looked at can be gone a moment later: what decides is `ReserveInventory`, with a status
   * of its own. Turn this on in a workflow that reserves nothing, or that charges before it reserves.
   *
   * @default false
   */
  readonly checkStock?: boolean;

  /**
   * A function of yours that validates instead of ours.
   *
   * It gets the order and returns an object with the accepted or the rejected `status`, and a `reason`.
   *
   * @default - ours: the fields are right, the products exist, their prices agree, and the total adds up
   */
  readonly handler?: lambda.IFunction;
}

/**
 * Refuses an order that is not what the products table says.
 */
export class ValidateOrder implements IOrderStep {
  public readonly stepName: string;

  /**
   * @param props how to validate
   */
  constructor(private readonly props: ValidateOrderProps = {}) {
    this.stepName = props.stepName ?? 'ValidateOrder';
  }

  public bind(scope: Construct, options: OrderStepBindOptions): OrderStepConfig {
    const { acceptedStatus = 'VALID', rejectedStatus = 'INVALID', handler, checkStock, timeout, retry } = this.props;
    const { stepName } = this;
    if (handler) {
      return new InvokeFunction({
        stepName, handler, acceptedStatus, rejectedStatuses: [rejectedStatus], timeout, retry,
      }).bind(scope, options);
    }
    const validate = new OrderFunction(scope, 'Function', {
      displayName: this.stepName,
      bundle: 'steps/validate-order',
      description: 'Checks an order against the products',
      settings: options.functionSettings,
      environment: {
        ORDERS_TABLE: options.ordersTable.tableName,
        PRODUCTS_TABLE: options.productsTable.tableName,
        DEFAULT_CURRENCY: options.defaultCurrency,
        CHECK_STOCK: String(checkStock ?? false),
      },
    });
    grantTable(options.ordersTable, validate, 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem');
    grantTable(options.productsTable, validate, 'dynamodb:BatchGetItem');
    return {
      action: orderFunctionTask(scope, 'Task', {
        stepName, function: validate, acceptedStatus, rejectedStatus, undoFrom: options.undoFrom, timeout, retry,
      }),
      acceptedStatus,
      rejectedStatuses: [rejectedStatus],
      writesOrder: true,
      opensOrder: true,
    };
  }
}
