import { Duration, aws_dynamodb as dynamodb } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { DynamoTask } from './dynamo-task';
import { DOCUMENT_ATTRIBUTES, OrderRow } from '../contract/order-row';
import { UNMARSHAL, block, jsonata } from '../jsonata/expressions';
import { sagaField } from '../jsonata/saga-variable';
import { LONG_RETRY, dynamoRetrier } from '../private/retries';

/** What decides how an order goes on. The rest of the row can be larger than a state may hand on. */
const DECIDING: (keyof OrderRow)[] = ['owner', 'status', 'version', 'reason', 'openSince', 'cancelRequestedAt', 'undo'];

/** What the recovery has to know of an order beside the order itself. */
const RECOVERED: (keyof OrderRow)[] = [...DOCUMENT_ATTRIBUTES, 'owner', 'openSince', 'undo', 'alertedAt', 'resolution'];

/** Reads the row, strongly, when a write was refused or a step failed: only the row knows what stands. @internal */
export function lookUpOrder(scope: Construct, table: dynamodb.ITable): DynamoTask {
  return readRow(scope, 'LookUpOrder', {
    table,
    stateName: 'Look up order',
    orderId: `${sagaField('order')}.orderId`,
    attributes: DECIDING,
    // What the choice after it reads, and nothing of it when there is no row.
    outputs: "($row := $states.result.Item; {'owner': $row.owner.S, 'status': $row.status.S, 'version': $number($row.version.N), "
      + "'reason': $row.reason.S, 'openSince': $row.openSince.S, 'cancelRequestedAt': $row.cancelRequestedAt.S, "
      + "'undo': $exists($row.undo) ? {'cause': $row.undo.M.cause.S, 'from': $row.undo.M.from.S}})",
  });
}

/** Reads the whole order for its recovery, strongly. @internal */
export function readOrder(scope: Construct, table: dynamodb.ITable): DynamoTask {
  return readRow(scope, 'Read', {
    table,
    stateName: 'Read order',
    orderId: '$request.orderId',
    attributes: RECOVERED,
    outputs: block(UNMARSHAL, "$unmarshal({'M': $states.result.Item})"),
  });
}

interface ReadProps {
  readonly table: dynamodb.ITable;
  readonly stateName: string;
  readonly orderId: string;
  readonly attributes: (keyof OrderRow)[];
  readonly outputs: string;
}

function readRow(scope: Construct, id: string, { table, stateName, orderId, attributes, outputs }: ReadProps): DynamoTask {
  return new DynamoTask(scope, id, {
    stateName,
    action: 'getItem',
    parameters: {
      TableName: table.tableName,
      Key: { orderId: { S: jsonata(orderId) } },
      ConsistentRead: true,
      ProjectionExpression: attributes.map((name) => `#${name}`).join(', '),
      ExpressionAttributeNames: Object.fromEntries(attributes.map((name) => [`#${name}`, name])),
    },
    outputs: jsonata(outputs),
    timeout: Duration.seconds(10),
    retrier: dynamoRetrier(LONG_RETRY),
  });
}
