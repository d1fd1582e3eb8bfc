import { aws_dynamodb as dynamodb } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { DynamoTask } from './dynamo-task';
import { OrderStatus } from '../order-status';
import { ENTERED_AT, INPUT_FIELDS, MARSHAL, OWNER, historyEntry, jsonata, literal, pick } from '../jsonata/expressions';
import { inputChanges, openChanges } from './order-changes';
import { orderUpdate } from './order-update';
import { OrderChange } from './update-expression';

/** Creates the order's row, or takes over the one that the intake has put. @internal */
export function openOrder(scope: Construct, table: dynamodb.ITable, defaultCurrency: string): DynamoTask {
  const input = '$states.input';
  const order = `$merge([{'currency': ${literal(defaultCurrency)}}, ${pick(input, INPUT_FIELDS)}, {'status': ${literal(OrderStatus.RECEIVED)}, 'version': 1, 'createdAt': ${ENTERED_AT}}])`;
  const once = (attribute: string, value: string): OrderChange => ({ path: `#${attribute}`, value, unlessPresent: true });
  return orderUpdate(scope, 'OpenOrder', {
    table,
    stateName: 'Open order',
    orderId: `${input}.orderId`,
    assignments: { ...MARSHAL, order },
    changes: [
      { path: '#owner', value: `{'S': ${OWNER}}` },
      once('status', `{'S': ${literal(OrderStatus.RECEIVED)}}`),
      once('version', "{'N': '1'}"),
      once('history', `{'M': {'1': ${historyEntry(literal(OrderStatus.RECEIVED), 'OpenOrder')}}}`),
      once('createdAt', `{'S': ${ENTERED_AT}}`),
      // Whoever asks when the order was last worked on means by its owner: the intake can be long ago.
      { path: '#updatedAt', value: `{'S': ${ENTERED_AT}}` },
      ...openChanges(`${input}.orderId`).map((change) => ({ ...change, unlessPresent: true })),
      ...inputChanges('$order').map((change) => ({ ...change, unlessPresent: true })),
    ],
    condition: 'attribute_not_exists(#orderId) OR (#status = :received AND (attribute_not_exists(#owner) OR #owner = :owner))',
    values: { ':owner': `{'S': ${OWNER}}`, ':received': `{'S': ${literal(OrderStatus.RECEIVED)}}` },
    outputs: jsonata(order),
    assign: { saga: { order: jsonata(order) } },
  });
}
