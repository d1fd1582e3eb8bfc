import { aws_dynamodb as dynamodb } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { DynamoTask } from './dynamo-task';
import { orderUpdate } from './order-update';
import * as writes from '../contract/writes';
import { jsonata } from '../jsonata/expressions';
import { newSaga } from '../jsonata/saga-variable';
import { LONG_RETRY } from '../private/retries';

/** Takes the order over from an execution that was interrupted; `$request` is what the recovery was started with. @internal */
export function claimOrder(scope: Construct, table: dynamodb.ITable): DynamoTask {
  const input = '$states.input';
  return orderUpdate(scope, 'Claim', {
    table,
    write: writes.claimOrder,
    retry: LONG_RETRY,
    stateName: 'Claim order',
    orderId: `${input}.orderId`,
    values: { interrupted: `${input}.owner`, notified: `${input}.published = true` },
    outputs: input,
    saga: newSaga({ order: `{'orderId': ${input}.orderId}` }),
    assign: { request: jsonata(input) },
  });
}
