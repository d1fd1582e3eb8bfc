import { Match, Template } from 'aws-cdk-lib/assertions';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import { OrderTables } from '../../src';
import { newStack } from '../support/workflow';

const ORDER_ID = { name: 'orderId', type: dynamodb.AttributeType.STRING };
const INDEX = {
  IndexName: 'open-orders',
  KeySchema: [{ AttributeName: 'openShard', KeyType: 'HASH' }, { AttributeName: 'openSince', KeyType: 'RANGE' }],
  Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['status', 'owner', 'version'] },
};

test('a new table and a brought one have the same index of open orders', () => {
  const stack = newStack();
  new OrderTables(stack, 'Tables');
  new dynamodb.Table(stack, 'Brought', { partitionKey: ORDER_ID }).addGlobalSecondaryIndex(OrderTables.openOrdersIndex());

  Template.fromStack(stack).resourcePropertiesCountIs('AWS::DynamoDB::Table', Match.objectLike({ GlobalSecondaryIndexes: [INDEX] }), 2);
});
