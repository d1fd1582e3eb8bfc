import { Annotations, RemovalPolicy, aws_dynamodb as dynamodb, aws_iam as iam, aws_kms as kms } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { OPEN_ORDERS_INDEX_PROPS, addIndexOfOpenOrders } from './open-orders-index';
import { orderWorkflowTable } from './order-workflow-table';
import { indexProblems, keyProblems } from './table-checks';
import { OPEN_ORDERS_INDEX } from '../contract/open-orders';
import { grantIndex } from '../private/grant-table';
import { WatchList } from '../watch-list';

/**
 * Properties for OrderTables.
 */
export interface OrderTablesProps {
  /**
   * An existing table for the orders.
   *
   * It belongs to this workflow alone, which starts or undoes every open order in it. Its partition key is the string
   * `orderId`. Live status needs a stream with new and old images, recovery the index that
   * `OrderTables.addOpenOrdersIndex()` adds.
   *
   * @default - a new table
   */
  readonly ordersTable?: dynamodb.ITable;

  /**
   * An existing table for the products.
   *
   * Its partition key is the string `productId`; an item has the numbers `price` and `stock`.
   *
   * @default - a new table
   */
  readonly productsTable?: dynamodb.ITable;

  /**
   * The KMS key that encrypts new tables.
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
  public static readonly OPEN_ORDERS_INDEX = OPEN_ORDERS_INDEX;

  /**
   * Adds the index that an existing orders table needs to a `Table` or `TableV2` of this app.
   *
   * Its keys are the strings `openShard` and `openSince`; it projects `status`, `owner` and `version`.
   *
   * @param table the table, which is not an imported one
   */
  public static addOpenOrdersIndex(table: dynamodb.ITable): void {
    addIndexOfOpenOrders(table);
  }

  /**
   * The table of the orders.
   */
  public readonly orders: dynamodb.ITable;

  /**
   * The table of the products and their stock.
   */
  public readonly products: dynamodb.ITable;

  private readonly isOrdersTableExisting: boolean;

  /**
   * @param scope the scope
   * @param id the id
   * @param props properties
   */
  constructor(scope: Construct, id: string, props: OrderTablesProps = {}) {
    super(scope, id);
    const { encryptionKey, removalPolicy } = props;
    this.isOrdersTableExisting = props.ordersTable !== undefined;
    this.orders = props.ordersTable ?? this.newOrders(encryptionKey, removalPolicy);
    this.products = props.productsTable ?? orderWorkflowTable(this, 'Products', {
      partitionKey: { name: 'productId', type: dynamodb.AttributeType.STRING },
      encryptionKey,
      removalPolicy,
    });
    const watchList = WatchList.of(this);
    watchList.table('Orders', this.orders, { operations: OPERATIONS });
    watchList.table('Products', this.products, { operations: OPERATIONS });
    // At synth: until then the index can be added to a table.
    this.node.addValidation({ validate: () => this.problems() });
    if (!this.orders.tableStreamArn) {
      Annotations.of(this).addWarningV2(
        'cdk-order-workflow:ordersTableStream',
        'ordersTable has no stream, so changes of status cannot be published: enable a stream with new and old images, '
        + 'or import the table with fromTableAttributes and its tableStreamArn',
      );
    }
  }

  /** Grants the principal permission to read the table of the orders and its index. @internal */
  public _grantReadOrders(grantee: iam.IGrantable): iam.Grant {
    const grant = this.orders.grantReadData(grantee);
    // Of a table that is imported by its name, the CDK grants no index.
    return this.isOrdersTableExisting
      ? grant.combine(grantIndex(this.orders, OPEN_ORDERS_INDEX, grantee, ['dynamodb:Query', 'dynamodb:Scan']))
      : grant;
  }

  private problems(): string[] {
    return [
      ...keyProblems('ordersTable', this.orders, 'orderId'),
      ...indexProblems('ordersTable', this.orders, OPEN_ORDERS_INDEX_PROPS, 'OrderTables.addOpenOrdersIndex(ordersTable)'),
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
    table.addGlobalSecondaryIndex(OPEN_ORDERS_INDEX_PROPS);
    return table;
  }
}
