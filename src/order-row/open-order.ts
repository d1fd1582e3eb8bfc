import { aws_dynamodb as dynamodb } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { DynamoTask } from './dynamo-task';
import { orderUpdate } from './order-update';
import { sentValues } from './sent-values';
import { SENT_ATTRIBUTES } from '../contract/order-row';
import { STATUSES } from '../contract/statuses';
import * as writes from '../contract/writes';
import { ENTERED_AT, literal, pick } from '../jsonata/expressions';
import { newSaga } from '../jsonata/saga-variable';

/** Creates the order's row, or takes the one that an intake wrote. @internal */
export function openOrder(scope: Construct, table: dynamodb.ITable, defaultCurrency: string): DynamoTask {
  const input = '$states.input';
  const order = `$merge([{'currency': ${literal(defaultCurrency)}}, ${pick(input, SENT_ATTRIBUTES)}, `
    + `{'status': ${literal(STATUSES.RECEIVED)}, 'version': 1, 'createdAt': ${ENTERED_AT}}])`;
  return orderUpdate(scope, 'OpenOrder', {
    table,
    write: writes.openOrder,
    stateName: 'Open order',
    orderId: `${input}.orderId`,
    variables: { order },
    values: { orderId: `${input}.orderId`, ...sentValues('$order') },
    outputs: '$order',
    saga: newSaga({ order: '$order' }),
  });
}
