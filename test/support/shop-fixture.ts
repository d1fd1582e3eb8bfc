import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, DynamoDBDocumentClient, GetCommand, PutCommand, ScanCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Engine } from './dynoxide';
import { RequestFaults } from './request-faults';
import { Database } from '../../lambda-src/dynamodb/database';
import { documentClient } from '../../lambda-src/dynamodb/documents';
import type { Inventory } from '../../lambda-src/inventory/inventory';
import { Stock } from '../../lambda-src/inventory/stock';
import type { OrderDocument, OrderRow } from '../../lambda-src/order/order';
import { Orders } from '../../lambda-src/order/orders';
import type { StepWrite } from '../../lambda-src/order/step-write';
import type { Validation } from '../../lambda-src/validation/validate';
import { INDEXED_ATTRIBUTES } from '../../src/contract/open-orders';

export const AT = '2030-01-01T00:00:00.000Z';
export const LATER = '2030-01-01T00:05:00.000Z';
export const ME = 'arn:aws:states:eu-west-1:111122223333:execution:Orders:order-1';
export const OTHER = 'arn:aws:states:eu-west-1:111122223333:execution:Orders:another';

export const ORDER = {
  orderId: 'order-1',
  userId: 'user-1',
  currency: 'EUR',
  items: [{ productId: 'prod-1', quantity: 2, price: 29.99 }],
  totalAmount: 59.98,
};

/** The index of open orders, as the construct makes it. */
const OPEN_ORDERS = {
  IndexName: 'open-orders',
  KeySchema: [{ AttributeName: 'openShard', KeyType: 'HASH' as const }, { AttributeName: 'openSince', KeyType: 'RANGE' as const }],
  Projection: { ProjectionType: 'INCLUDE' as const, NonKeyAttributes: [...INDEXED_ATTRIBUTES] },
};

let shops = 0;

/** The tables of one test, with a client whose requests can fail and whose pauses take no time. */
export class ShopFixture implements Inventory {
  // By default without retries of the SDK, which would hide the faults that a test injects.
  public static async open(engine: Engine, { maxAttempts = 1 } = {}): Promise<ShopFixture> {
    const shop = new ShopFixture(engine, ++shops, maxAttempts);
    await Promise.all([
      shop.makeTable(shop.ordersTable, 'orderId', OPEN_ORDERS),
      shop.makeTable(shop.productsTable, 'productId'),
      shop.makeTable(shop.ledgerTable, 'key'),
    ]);
    return shop;
  }

  public readonly ordersTable: string;
  public readonly productsTable: string;
  public readonly ledgerTable: string;
  public readonly requests: RequestFaults;
  public readonly pauses: number[] = [];
  /** The time it is for the functions, which stands still unless a test moves it. */
  public time = Date.parse(LATER);
  public readonly database: Database;
  public readonly orders: Orders;
  public readonly stock: Stock;
  private readonly tables: DynamoDBDocumentClient;

  private constructor(engine: Engine, number: number, maxAttempts: number) {
    this.ordersTable = `orders-${number}`;
    this.productsTable = `products-${number}`;
    this.ledgerTable = `ledger-${number}`;
    const access = { endpoint: engine.endpoint, region: 'eu-west-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };
    this.tables = DynamoDBDocumentClient.from(new DynamoDBClient(access));
    const documents = documentClient({ ...access, maxAttempts });
    this.requests = new RequestFaults(documents as unknown as DynamoDBClient);
    this.database = new Database(documents, {
      random: () => 0.5,
      wait: async milliseconds => this.pauses.push(milliseconds),
    });
    this.orders = new Orders(this.database, this.ordersTable);
    this.stock = new Stock(this.productsTable);
  }

  public readonly now = (): number => this.time;

  public validation(settings: Partial<Validation> = {}): Validation {
    return {
      database: this.database,
      orders: this.orders,
      productsTable: this.productsTable,
      defaults: { currency: 'EUR' },
      checkStock: false,
      ...settings,
    };
  }

  /** Puts products with their price and stock. */
  public async putProducts(...products: ReadonlyArray<{ productId: string; price?: unknown; stock?: number; currency?: string }>): Promise<void> {
    await Promise.all(products.map(async product => this.put(this.productsTable, product)));
  }

  public async deleteProduct(productId: string): Promise<void> {
    await this.tables.send(new DeleteCommand({ TableName: this.productsTable, Key: { productId } }));
  }

  /** Puts an order that earlier steps moved to a status. */
  public async putOrder(row: Partial<OrderRow> = {}): Promise<OrderDocument> {
    const { status = 'VALID', version = 2, owner = ME } = row;
    const history = { 1: { status: 'RECEIVED', at: AT, step: 'intake' }, [version]: { status, at: AT, step: 'ValidateOrder' } };
    const whole: OrderRow = {
      ...ORDER, status, version, owner, history, createdAt: AT, updatedAt: AT, openSince: AT, openShard: 'a', ...row,
    };
    await this.put(this.ordersTable, whole);
    const { history: _history, updatedAt, openSince, openShard, owner: _owner, undo, waiting, ...document } = whole;
    return document;
  }

  /** Changes attributes of an order, as another writer does; an undefined one is removed. */
  public async alterOrder(orderId: string, fields: Record<string, unknown>): Promise<void> {
    for (const [name, value] of Object.entries(fields)) {
      await this.tables.send(new UpdateCommand({
        TableName: this.ordersTable,
        Key: { orderId },
        UpdateExpression: value === undefined ? 'REMOVE #name' : 'SET #name = :value',
        ExpressionAttributeNames: { '#name': name },
        ...value === undefined ? {} : { ExpressionAttributeValues: { ':value': value } },
      }));
    }
  }

  public async row(orderId = ORDER.orderId): Promise<OrderRow> {
    const { Item } = await this.tables.send(new GetCommand({ TableName: this.ordersTable, Key: { orderId } }));
    return Item as OrderRow;
  }

  public async stockOf(productId: string): Promise<number> {
    const { Item } = await this.tables.send(new GetCommand({ TableName: this.productsTable, Key: { productId } }));
    return Item?.stock;
  }

  /** All items of a table, in a stable order. */
  public async contents(table: string): Promise<Array<Record<string, any>>> {
    const { Items = [] } = await this.tables.send(new ScanCommand({ TableName: table }));
    const keyOf = (item: Record<string, any>): string => item.orderId ?? item.productId ?? item.key;
    return Items.sort((a, b) => keyOf(a) < keyOf(b) ? -1 : 1);
  }

  /** All items of all tables. */
  public async snapshot(): Promise<unknown> {
    return Promise.all([this.ordersTable, this.productsTable, this.ledgerTable].map(async table => this.contents(table)));
  }

  private async put(table: string, item: object): Promise<void> {
    await this.tables.send(new PutCommand({ TableName: table, Item: item as Record<string, unknown> }));
  }

  private async makeTable(table: string, key: string, index?: typeof OPEN_ORDERS): Promise<void> {
    const names = [key, ...index?.KeySchema.map(({ AttributeName }) => AttributeName) ?? []];
    await this.tables.send(new CreateTableCommand({
      TableName: table,
      AttributeDefinitions: names.map(AttributeName => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: [{ AttributeName: key, KeyType: 'HASH' }],
      GlobalSecondaryIndexes: index && [index],
      BillingMode: 'PAY_PER_REQUEST',
    }));
  }
}

/** The request to release a reservation. */
export const RELEASE = { owner: ME, step: 'ReserveInventory', at: '2030-01-01T00:10:00.000Z' };

/** The write of a step, as the state machine requests it. */
export function reserving(change: Partial<StepWrite> = {}): StepWrite {
  return { owner: ME, step: 'ReserveInventory', at: LATER, accepted: 'RESERVED', rejected: 'OUT_OF_STOCK', ...change };
}

export function validating(change: Partial<StepWrite> = {}): StepWrite {
  return { owner: ME, step: 'ValidateOrder', at: LATER, accepted: 'VALID', rejected: 'INVALID', ...change };
}
