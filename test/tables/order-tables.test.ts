import { App, CfnParameter, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import { OrderTables, OrderTablesProps } from '../../src';
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

describe('a table that is brought', () => {
  const PRODUCT_ID = { name: 'productId', type: dynamodb.AttributeType.STRING };
  const INDEXLESS = /\[Shop\/Tables\] ordersTable has no index open-orders with the keys openShard \(S\), openSince \(S\): add it with ordersTable\.addGlobal/;

  function synthWith(props: (stack: Stack) => OrderTablesProps, afterwards?: (tables: OrderTables) => void): () => void {
    const stack = newStack();
    const tables = new OrderTables(stack, 'Tables', props(stack));
    afterwards?.(tables);
    return () => App.of(stack)!.synth();
  }

  test.each<[string, (stack: Stack) => OrderTablesProps, RegExp]>([
    ['orders without the index', (stack) => ({ ordersTable: new dynamodb.Table(stack, 'Mine', { partitionKey: ORDER_ID }) }), INDEXLESS],
    ['orders without the index, in the newer kind of table', (stack) => ({ ordersTable: new dynamodb.TableV2(stack, 'Mine', { partitionKey: ORDER_ID }) }), INDEXLESS],
    ['orders with another index of its name', (stack) => ({
      ordersTable: new dynamodb.TableV2(stack, 'Mine', { partitionKey: ORDER_ID, globalSecondaryIndexes: [{ indexName: 'open-orders', partitionKey: ORDER_ID }] }),
    }), INDEXLESS],
    ['orders by another key', (stack) => ({ ordersTable: new dynamodb.Table(stack, 'Mine', { partitionKey: { ...ORDER_ID, name: 'id' } }) }),
      /ordersTable has the key id \(S\): give it the partition key orderId \(S\) and no sort key/],
    ['orders by a number', (stack) => ({ ordersTable: new dynamodb.Table(stack, 'Mine', { partitionKey: { name: 'orderId', type: dynamodb.AttributeType.NUMBER } }) }),
      /ordersTable has the key orderId \(N\): give it/],
    ['orders with a sort key', (stack) => ({ ordersTable: new dynamodb.TableV2(stack, 'Mine', { partitionKey: ORDER_ID, sortKey: PRODUCT_ID }) }),
      /ordersTable has the key orderId \(S\), productId \(S\): give it/],
    ['products by another key', (stack) => ({ productsTable: new dynamodb.Table(stack, 'Mine', { partitionKey: { ...PRODUCT_ID, name: 'sku' } }) }),
      /productsTable has the key sku \(S\): give it the partition key productId \(S\) and no sort key/],
  ])('is refused for %s', (_, props, message) => {
    expect(synthWith(props)).toThrow(message);
  });

  test('can get its index after the workflow was made', () => {
    expect(synthWith((stack) => ({ ordersTable: new dynamodb.Table(stack, 'Mine', { partitionKey: ORDER_ID }) }),
      ({ orders }) => (orders as dynamodb.Table).addGlobalSecondaryIndex(OrderTables.openOrdersIndex()))).not.toThrow();
  });

  test.each<[string, (stack: Stack) => OrderTablesProps]>([
    ['is keyed as ours', (stack) => ({
      ordersTable: new dynamodb.TableV2(stack, 'Mine', { partitionKey: ORDER_ID, globalSecondaryIndexes: [OrderTables.openOrdersIndex()] as never }),
      productsTable: new dynamodb.Table(stack, 'Sold', { partitionKey: PRODUCT_ID }),
    })],
    ['is imported, so that nobody knows', (stack) => ({
      ordersTable: dynamodb.Table.fromTableName(stack, 'Mine', 'orders'), productsTable: dynamodb.TableV2.fromTableName(stack, 'Sold', 'products'),
    })],
    ['has its index by an override', (stack) => {
      const ordersTable = new dynamodb.Table(stack, 'Mine', { partitionKey: ORDER_ID });
      (ordersTable.node.defaultChild as dynamodb.CfnTable).addPropertyOverride('GlobalSecondaryIndexes', [INDEX]);
      (ordersTable.node.defaultChild as dynamodb.CfnTable).addPropertyOverride('AttributeDefinitions', ['orderId', 'openShard', 'openSince']
        .map((AttributeName) => ({ AttributeName, AttributeType: 'S' })));
      return { ordersTable };
    }],
    ['has a key that the deployment chooses', (stack) => ({
      productsTable: new dynamodb.Table(stack, 'Sold', {
        partitionKey: { ...PRODUCT_ID, name: new CfnParameter(stack, 'KeyName', { default: 'productId' }).valueAsString },
      }),
    })],
    ['has keys that the deployment chooses', (stack) => {
      const productsTable = new dynamodb.Table(stack, 'Sold', { partitionKey: PRODUCT_ID });
      (productsTable.node.defaultChild as dynamodb.CfnTable).addPropertyOverride('KeySchema', { Ref: 'AWS::NoValue' });
      return { productsTable };
    }],
  ])('is taken if it %s', (_, props) => {
    expect(synthWith(props)).not.toThrow();
  });
});
