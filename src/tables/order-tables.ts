import { Annotations, RemovalPolicy, aws_dynamodb as dynamodb, aws_kms as kms } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { orderWorkflowTable } from './order-workflow-table';
import { indexProblems, keyProblems } from './table-checks';
import { WatchList } from '../watch-list';

/**
 * Which tables to make, and which to use.
 */
export interface OrderTablesProps {
  /**
   * A table of yours for the orders.
   *
   * It belongs to this workflow alone, which starts and undoes whatever is left open in it. Its partition key is the string
   * `orderId`. Live status needs its stream with new and old images, recovery the
   * index `OrderTables.openOrdersIndex()`.
   *
   * @default - a new table
   */
  readonly ordersTable?: dynamodb.ITable;

  /**
   * A table of yours for the products.
   *
   * Its partition key is the string `productId`; an item has the numbers `price` and `stock`.
   *
   * @default - a new table
   */
  readonly productsTable?: dynamodb.ITable;

  /**
   * The key that encrypts new tables.
   *
   * @default - the key that AWS owns
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * What happens to new tables when their stack is deleted.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}

/** The operations that orders and stock depend on. */
const OPERATIONS = ['GetItem', 'UpdateItem', 'TransactWriteItems'];

/**
 * The tables of a workflow: one row for each order, one for each product.
 */
export class OrderTables extends Construct {
  /**
   * The index that lists the orders which have not ended, oldest first within a shard.
   */
  public static readonly OPEN_ORDERS_INDEX = 'open-orders';

  /**
   * The index that a table of yours for the orders needs: `table.addGlobalSecondaryIndex(OrderTables.openOrdersIndex())`.
   *
   * Its keys are the strings `openShard` and `openSince`; it holds `status`, `owner` and `version`.
   */
  public static openOrdersIndex(): dynamodb.GlobalSecondaryIndexProps {
    return {
      indexName: OrderTables.OPEN_ORDERS_INDEX,
      partitionKey: { name: 'openShard', type: dynamodb.AttributeType.STRING },
      sortKey: { name: 'openSince', type: dynamodb.AttributeType.STRING },
      projectionType: dynamodb.ProjectionType.INCLUDE,
      nonKeyAttributes: ['status', 'owner', 'version'],
    };
  }

  /**
   * The table of the orders.
   */
  public readonly orders: dynamodb.ITable;

  /**
   * The table of the products and their stock.
   */
  public readonly products: dynamodb.ITable;

  /**
   * @param scope the parent
   * @param id the id within the parent
   * @param props which tables to make
   */
  constructor(scope: Construct, id: string, props: OrderTablesProps = {}) {
    super(scope, id);
    const { encryptionKey, removalPolicy } = props;
    this.orders = props.ordersTable ?? this.newOrders(encryptionKey, removalPolicy);
    this.products = props.productsTable ?? orderWorkflowTable(this, 'Products', {
      partitionKey: { name: 'productId', type: dynamodb.AttributeType.STRING },
      encryptionKey,
      removalPolicy,
    });
    const watchList = WatchList.of(this);
    watchList.table('Orders', this.orders, { operations: OPERATIONS });
    watchList.table('Products', this.products, { operations: OPERATIONS });
    // At synth: until then a table can get its index.
    this.node.addValidation({ validate: () => this.problems() });
    if (!this.orders.tableStreamArn) {
      Annotations.of(this).addWarningV2(
        'cdk-order-workflow:ordersTableStream',
        'ordersTable has no stream, so nobody can be told of a change of status: turn on a stream with new and old images, '
        + 'or import the table with fromTableAttributes and its tableStreamArn',
      );
    }
  }

  private problems(): string[] {
    return [
      ...keyProblems('ordersTable', this.orders, 'orderId'),
      ...indexProblems('ordersTable', this.orders, OrderTables.openOrdersIndex(), 'ordersTable.addGlobalSecondaryIndex(OrderTables.openOrdersIndex())'),
      ...keyProblems('productsTable', this.products, 'productId'),
    ];
  }

  private newOrders(encryptionKey?: kms.IKey, removalPolicy?: RemovalPolicy): dynamodb.Table {
    const table = orderWorkflowTable(this, 'Orders', {
      partitionKey: { name: 'orderId', type: dynamodb.AttributeType.STRING },
      stream: dynamodb.StreamViewType.NEW_AND_OLD_IMAGES,
      encryptionKey,
      removalPolicy,
    });
    table.addGlobalSecondaryIndex(OrderTables.openOrdersIndex());
    return table;
  }
}
