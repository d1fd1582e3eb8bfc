import { aws_lambda as lambda, aws_stepfunctions as sfn } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { InvokeFunction } from './invoke-function';
import { CompensationBindOptions, IOrderStep, IStepCompensation, OrderStepBindOptions, OrderStepConfig } from './order-step';
import { StepSettings } from './step-settings';
import { functionTask } from '../private/function-task';
import { grantTable } from '../private/grant-table';
import { OrderFunction } from '../private/order-function';
import { orderFunctionTask } from '../private/order-function-task';
import { compensationRetrier } from '../private/retries';
import { ValidationError } from '../private/validation-error';
import { ENTERED_AT, OWNER, jsonata, literal } from '../jsonata/expressions';
import { WatchList } from '../watch-list';

/**
 * How stock is reserved.
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
   * A function of yours that reserves instead of ours; it needs a `releaseHandler` beside it.
   *
   * It gets the order with an `idempotencyKey` and returns an object with the accepted or the rejected `status`.
   *
   * @default - ours: all lines of the order and its status in one transaction
   */
  readonly handler?: lambda.IFunction;

  /**
   * A function of yours that gives back what `handler` has reserved, and does no harm when that is nothing.
   *
   * @default - ours
   */
  readonly releaseHandler?: lambda.IFunction;
}

/**
 * Takes an order's lines from the stock, all or none, and gives them back when a later step ends the order.
 */
export class ReserveInventory implements IOrderStep {
  public readonly stepName: string;

  /**
   * @param props how to reserve
   */
  constructor(private readonly props: ReserveInventoryProps = {}) {
    this.stepName = props.stepName ?? 'ReserveInventory';
    if (!props.handler !== !props.releaseHandler) {
      const [given, missing] = props.handler ? ['handler', 'releaseHandler'] : ['releaseHandler', 'handler'];
      throw new ValidationError(
        `${this.stepName} has a ${given} but no ${missing}: what one function reserves only its own counterpart can release; give both or none`,
      );
    }
  }

  public bind(scope: Construct, options: OrderStepBindOptions): OrderStepConfig {
    const { acceptedStatus = 'RESERVED', rejectedStatus = 'OUT_OF_STOCK', handler, releaseHandler, timeout, retry } = this.props;
    const { stepName } = this;
    if (handler) {
      return new InvokeFunction({
        stepName, handler, acceptedStatus, rejectedStatuses: [rejectedStatus], undoHandler: releaseHandler, timeout, retry,
      }).bind(scope, options);
    }
    const reserve = inventoryFunction(scope, 'Function', 'steps/reserve-inventory', 'Takes the lines of an order from the stock', options);
    const release = inventoryFunction(scope, 'ReleaseFunction', 'steps/release-inventory', 'Gives the lines of an order back', options);
    WatchList.of(scope)._reservations.set(stepName, reserve.logGroup);
    return {
      action: orderFunctionTask(scope, 'Task', {
        stepName, function: reserve, acceptedStatus, rejectedStatus, undoFrom: options.undoFrom, timeout, retry,
      }),
      acceptedStatus,
      rejectedStatuses: [rejectedStatus],
      writesOrder: true,
      compensation: new ReleaseInventory(release),
    };
  }
}

class ReleaseInventory implements IStepCompensation {
  constructor(private readonly release: lambda.IFunction) {}

  public bind(scope: Construct, { stepName, stateName }: CompensationBindOptions): sfn.IChainable {
    return functionTask(scope, 'Task', {
      stateName,
      function: this.release,
      payload: sfn.TaskInput.fromText(jsonata(
        `{'order': $states.input, 'write': {'owner': ${OWNER}, 'at': ${ENTERED_AT}, 'step': ${literal(stepName)}}}`,
      )),
      outputs: jsonata('{}'),
      retriers: [compensationRetrier()],
    });
  }
}

function inventoryFunction(scope: Construct, id: string, bundle: string, description: string, options: OrderStepBindOptions): OrderFunction {
  const fn = new OrderFunction(scope, id, {
    displayName: id === 'Function' ? scope.node.id : `Undo ${scope.node.id}`,
    bundle,
    description,
    settings: options.functionSettings,
    environment: { ORDERS_TABLE: options.ordersTable.tableName, PRODUCTS_TABLE: options.productsTable.tableName },
  });
  grantTable(options.ordersTable, fn, 'dynamodb:GetItem', 'dynamodb:UpdateItem');
  grantTable(options.productsTable, fn, 'dynamodb:UpdateItem');
  return fn;
}
