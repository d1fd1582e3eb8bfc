import { Json, JsonObject } from '../../src';
import { LocalCloud } from '../../src/local-cloud';
import { ServiceCall } from '../../src/services/service';

/** Where in the saga another writer changes the row. */
export interface Moment {
  readonly state: string;
  readonly when: 'before' | 'after';
}

/**
 * Writes to an order's row once, right before or after the call of a state, as a customer does who cancels, or a recovery
 * that takes the order over.
 */
export function writeConcurrently(cloud: LocalCloud, { state, when }: Moment, orderId: string, set: { [attribute: string]: string }): void {
  let written = false;
  const write = async (): Promise<void> => {
    written = true;
    const names = Object.keys(set);
    const input: JsonObject = {
      TableName: cloud.stacks[0].resources.find(({ type, logicalId }) => type === 'AWS::DynamoDB::Table' && logicalId.includes('TablesOrders'))!.ref,
      Key: { orderId: { S: orderId } },
      UpdateExpression: `SET ${names.map((name) => `#${name} = :${name}`).join(', ')}`,
      ConditionExpression: 'attribute_exists(openSince)',
      ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
      ExpressionAttributeValues: Object.fromEntries(names.map((name) => [`:${name}`, { S: set[name] }])),
    };
    const call: ServiceCall = { service: 'dynamodb', operation: 'UpdateItem', input, caller: { kind: 'outside', name: 'another writer' } };
    // Before there is a row, and after the order has ended, there is nothing to write.
    await Promise.resolve(cloud.calls.find('dynamodb')!.operations.UpdateItem(input, call)).catch(() => undefined);
  };
  cloud.calls.interceptWith(async (call, perform): Promise<Json> => {
    const here = !written && call.caller.kind === 'state' && call.caller.name === state;
    if (here && when === 'before') {
      await write();
    }
    const answer = await cloud.faults.intercept(call, perform);
    if (here && when === 'after') {
      await write();
    }
    return answer;
  });
}
