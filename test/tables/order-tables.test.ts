import { App, CfnParameter, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import { OrderTables, OrderTablesProps } from '../../src';
import { newStack } from '../support/workflow';

const ORDER_ID = { name: 'orderId', type: dynamodb.AttributeType.STRING };
const INDEX = {
  IndexName: 'open-orders',
  KeySchema: [{ AttributeName: 'openShard', KeyType: 'HASH' }, { AttributeName: 'openSince', KeyType: 'RANGE' }],
  Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['owner'] },
};

test('addOpenOrdersIndex gives a Table and a TableV2 the index that a new table has', () => {
  const stack = newStack();
  new OrderTables(stack, 'Tables');
  OrderTables.addOpenOrdersIndex(new dynamodb.Table(stack, 'Existing', { partitionKey: ORDER_ID }));
  OrderTables.addOpenOrdersIndex(new dynamodb.TableV2(stack, 'ExistingV2', { partitionKey: ORDER_ID }));

  const template = Template.fromStack(stack);
  template.resourcePropertiesCountIs('AWS::DynamoDB::Table', Match.objectLike({ GlobalSecondaryIndexes: [INDEX] }), 2);
  template.resourcePropertiesCountIs('AWS::DynamoDB::GlobalTable', Match.objectLike({ GlobalSecondaryIndexes: [INDEX] }), 1);
});

test.each([
  ['Table', (stack: Stack) => dynamodb.Table.fromTableName(stack, 'Imported', 'orders')],
  ['TableV2', (stack: Stack) => dynamodb.TableV2.fromTableName(stack, 'Imported', 'orders')],
])('addOpenOrdersIndex refuses an imported %s, with the remedy', (_kind, table) => {
  expect(() => OrderTables.addOpenOrdersIndex(table(newStack())))
    .toThrow('the table is imported, so the index open-orders cannot be added to it here: call OrderTables.addOpenOrdersIndex(table) where the table is created (at Shop/Imported)');
});

describe('an existing table', () => {
  const PRODUCT_ID = { name: 'productId', type: dynamodb.AttributeType.STRING };
  const INDEXLESS = /\[Shop\/Tables\] ordersTable has no index open-orders with the keys openShard \(S\), openSince \(S\): add it with OrderTables\.addOpenOrdersIndex\(ordersTable\)/;

  function synthWith(props: (stack: Stack) => OrderTablesProps, afterwards?: (tables: OrderTables) => void): () => void {
    const stack = newStack();
    const tables = new OrderTables(stack, 'Tables', props(stack));
    afterwards?.(tables);
    return () => App.of(stack)!.synth();
  }

  test.each<[string, (stack: Stack) => OrderTablesProps, RegExp]>([
    ['orders without the index', (stack) => ({ ordersTable: new dynamodb.Table(stack, 'Existing', { partitionKey: ORDER_ID }) }), INDEXLESS],
    ['orders without the index, in the newer kind of table', (stack) => ({ ordersTable: new dynamodb.TableV2(stack, 'Existing', { partitionKey: ORDER_ID }) }), INDEXLESS],
    ['orders with another index of its name', (stack) => ({
      ordersTable: new dynamodb.TableV2(stack, 'Existing', { partitionKey: ORDER_ID, globalSecondaryIndexes: [{ indexName: 'open-orders', partitionKey: ORDER_ID }] }),
    }), INDEXLESS],
    ['orders by another key', (stack) => ({ ordersTable: new dynamodb.Table(stack, 'Existing', { partitionKey: { ...ORDER_ID, name: 'id' } }) }),
      /ordersTable has the key id \(S\): give it the partition key orderId \(S\) and no sort key/],
    ['orders by a number', (stack) => ({ ordersTable: new dynamodb.Table(stack, 'Existing', { partitionKey: { name: 'orderId', type: dynamodb.AttributeType.NUMBER } }) }),
      /ordersTable has the key orderId \(N\): give it/],
    ['orders with a sort key', (stack) => ({ ordersTable: new dynamodb.TableV2(stack, 'Existing', { partitionKey: ORDER_ID, sortKey: PRODUCT_ID }) }),
      /ordersTable has the key orderId \(S\), productId \(S\): give it/],
    ['products by another key', (stack) => ({ productsTable: new dynamodb.Table(stack, 'Existing', { partitionKey: { ...PRODUCT_ID, name: 'sku' } }) }),
      /productsTable has the key sku \(S\): give it the partition key productId \(S\) and no sort key/],
  ])('is refused for %s', (_, props, message) => {
    expect(synthWith(props)).toThrow(message);
  });

  test('can get its index after the workflow was created', () => {
    expect(synthWith((stack) => ({ ordersTable: new dynamodb.Table(stack, 'Existing', { partitionKey: ORDER_ID }) }),
      ({ orders }) => OrderTables.addOpenOrdersIndex(orders))).not.toThrow();
  });

  test.each<[string, (stack: Stack) => OrderTablesProps]>([
    ['has the keys and the index', (stack) => {
      const ordersTable = new dynamodb.TableV2(stack, 'Existing', { partitionKey: ORDER_ID });
      OrderTables.addOpenOrdersIndex(ordersTable);
      return { ordersTable, productsTable: new dynamodb.Table(stack, 'Products', { partitionKey: PRODUCT_ID }) };
    }],
    ['is imported, so that its keys are not known', (stack) => ({
      ordersTable: dynamodb.Table.fromTableName(stack, 'Existing', 'orders'), productsTable: dynamodb.TableV2.fromTableName(stack, 'Products', 'products'),
    })],
    ['has its index by an override', (stack) => {
      const ordersTable = new dynamodb.Table(stack, 'Existing', { partitionKey: ORDER_ID });
      (ordersTable.node.defaultChild as dynamodb.CfnTable).addPropertyOverride('GlobalSecondaryIndexes', [INDEX]);
      (ordersTable.node.defaultChild as dynamodb.CfnTable).addPropertyOverride('AttributeDefinitions', ['orderId', 'openShard', 'openSince']
        .map((AttributeName) => ({ AttributeName, AttributeType: 'S' })));
      return { ordersTable };
    }],
    ['has a key that is only known at deployment', (stack) => ({
      productsTable: new dynamodb.Table(stack, 'Products', {
        partitionKey: { ...PRODUCT_ID, name: new CfnParameter(stack, 'KeyName', { default: 'productId' }).valueAsString },
      }),
    })],
    ['has keys that are only known at deployment', (stack) => {
      const productsTable = new dynamodb.Table(stack, 'Products', { partitionKey: PRODUCT_ID });
      (productsTable.node.defaultChild as dynamodb.CfnTable).addPropertyOverride('KeySchema', { Ref: 'AWS::NoValue' });
      return { productsTable };
    }],
  ])('is accepted if it %s', (_, props) => {
    expect(synthWith(props)).not.toThrow();
  });
});
