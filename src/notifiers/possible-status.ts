import { Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { OrderNotifierBindOptions } from './order-notifier';
import { ValidationError } from '../private/validation-error';

/**
 * Refuses a status that no order of the workflow can have: nothing would ever be told of it.
 *
 * @internal
 */
export function checkStatuses(scope: Construct, { orderStatuses }: OrderNotifierBindOptions, prop: string, statuses: string[] = []): void {
  const impossible = orderStatuses && statuses.find((status) => !Token.isUnresolved(status) && !orderStatuses.includes(status));
  if (impossible !== undefined) {
    throw new ValidationError(
      `${prop} of ${scope.node.id} name ${impossible}, a status that no order here can have: choose among ${orderStatuses!.join(', ')}`,
      scope,
    );
  }
}
