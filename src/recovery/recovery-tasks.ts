import { Duration, aws_dynamodb as dynamodb } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { PATIENT, dynamoRetrier } from '../private/retries';
import { DynamoTask } from '../order-row/dynamo-task';
import { ENTERED_AT, ORDER_FIELDS, OWNER, UNMARSHAL, block, jsonata } from '../jsonata/expressions';
import { orderUpdate } from '../order-row/order-update';

/** What the recovery has to know of an order beside the order itself. */
const ROW_FIELDS = [...ORDER_FIELDS.filter((field) => field !== 'idempotencyKey'), 'owner', 'openSince', 'undo', 'resolution'];

/**
 * Takes the order over from an execution that was interrupted.
 *
 * Of several recoveries one gets it, and a late effect of the interrupted execution can no longer write to the order.
 *
 * @internal
 */
export function claimOrder(scope: Construct, table: dynamodb.ITable): DynamoTask {
  const input = '$states.input';
  return orderUpdate(scope, 'Claim', {
    table,
    retry: PATIENT,
    stateName: 'Claim order',
    orderId: `${input}.orderId`,
    assignments: {},
    changes: [{ path: '#owner', value: `{'S': ${OWNER}}` }, { path: '#updatedAt', value: `{'S': ${ENTERED_AT}}` }, {
      // What the interrupted execution has published and could not write.
      path: '#alertedAt', value: `{'S': ${ENTERED_AT}}`, when: `${input}.published = true`,
    }],
    condition: 'attribute_exists(#openSince) AND (#owner = :interrupted OR #owner = :owner)',
    values: { ':interrupted': `{'S': ${input}.owner}`, ':owner': `{'S': ${OWNER}}` },
    outputs: jsonata(input),
    assign: { saga: { order: { orderId: jsonata(`${input}.orderId`) } }, request: jsonata(input) },
  });
}

/** Reads the whole order, strongly. @internal */
export function readOrder(scope: Construct, table: dynamodb.ITable): DynamoTask {
  return new DynamoTask(scope, 'Read', {
    stateName: 'Read order',
    action: 'getItem',
    parameters: {
      TableName: table.tableName,
      Key: { orderId: { S: jsonata('$request.orderId') } },
      ConsistentRead: true,
      ProjectionExpression: ROW_FIELDS.map((field) => `#${field}`).join(', '),
      ExpressionAttributeNames: Object.fromEntries(ROW_FIELDS.map((field) => [`#${field}`, field])),
    },
    outputs: jsonata(block(UNMARSHAL, "$unmarshal({'M': $states.result.Item})")),
    timeout: Duration.seconds(10),
    retrier: dynamoRetrier(PATIENT),
  });
}
