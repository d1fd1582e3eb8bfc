import { ApiGatewayManagementApiClient } from '@aws-sdk/client-apigatewaymanagementapi';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import type { AwsServices } from './aws-services';
import type { Engine } from './dynoxide';
import { AT, ShopFixture } from './shop-fixture';
import { CachedSecret } from '../../lambda-src/cached-secret';
import type { OrderRow } from '../../lambda-src/order/order';
import { Answer, answer } from '../../lambda-src/status-feed/answer';
import { Budget } from '../../lambda-src/status-feed/budget';
import { Connections } from '../../lambda-src/status-feed/connections';
import { EventBus } from '../../lambda-src/status-feed/event-bus';
import type { Feed } from '../../lambda-src/status-feed/feed';
import { publish } from '../../lambda-src/status-feed/publish';
import { Redriven, redriveUndelivered } from '../../lambda-src/status-feed/redrive-undelivered';
import { Sockets } from '../../lambda-src/status-feed/sockets';
import type { Watching } from '../../lambda-src/status-feed/subscribe';
import { Subscriptions } from '../../lambda-src/status-feed/subscriptions';
import { UndeliveredQueue } from '../../lambda-src/status-feed/undelivered';
import type { ClockTiming } from '../../lambda-src/timing';

export const BUS = 'orders-bus';
export const QUEUE_URL = 'https://sqs.eu-west-1.amazonaws.com/111122223333/undelivered';
const SECRET_ARN = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:watch';
export const NOW = Date.parse(AT) + 60_000;
const FUNCTION_TIME = 30_000;

let feeds = 0;

/** The status feed on its tables and services, with a clock that moves only with pauses. */
export class FeedFixture implements Feed {
  public static async open(engine: Engine, services: AwsServices): Promise<FeedFixture> {
    services.reset();
    const feed = new FeedFixture(await ShopFixture.open(engine), services, ++feeds);
    await feed.makeTable(engine);
    return feed;
  }

  public readonly connectionsTable: string;
  public readonly connections: Connections;
  public readonly subscriptions: Subscriptions;
  public readonly sockets: Sockets;
  public readonly undelivered: UndeliveredQueue;
  public readonly bus: EventBus;
  public readonly secret: CachedSecret;
  public readonly pauses: number[] = [];
  public now = NOW;
  public readonly timing: ClockTiming = {
    random: () => 0.5,
    now: () => this.now,
    wait: async milliseconds => {
      this.pauses.push(milliseconds);
      this.now += milliseconds;
    },
  };

  private sequence = 1_000;

  private constructor(public readonly shop: ShopFixture, public readonly services: AwsServices, number: number) {
    this.connectionsTable = `connections-${number}`;
    const access = {
      endpoint: services.endpoint, region: 'eu-west-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' }, maxAttempts: 1,
    };
    this.connections = new Connections(shop.database, this.connectionsTable);
    this.subscriptions = new Subscriptions(shop.database, this.connectionsTable);
    this.sockets = new Sockets(new ApiGatewayManagementApiClient({ ...access, endpoint: `${services.endpoint}/live` }));
    this.undelivered = new UndeliveredQueue(new SQSClient(access), QUEUE_URL);
    this.bus = new EventBus(new EventBridgeClient(access), BUS, 'Orders');
    this.secret = new CachedSecret(SECRET_ARN, () => this.now, new SecretsManagerClient(access));
  }

  public watching(settings: Partial<Watching> = {}): Watching {
    const { shop: { orders }, connections, subscriptions, secret } = this;
    return {
      orders, connections, subscriptions, watchSecret: secret, maxSubscriptions: 5, tokenValiditySeconds: 3_600, now: () => this.now, ...settings,
    };
  }

  /** A browser says something. */
  public async sendMessage(connectionId: string, message: unknown, settings: Partial<Watching> = {}): Promise<Answer> {
    return answer(this.watching(settings), 4_096, connectionId, typeof message === 'string' ? message : JSON.stringify(message));
  }

  /** Opens connections of the owner of an order, and subscribes them to it. */
  public async subscribe(orderId: string, ...connectionIds: string[]): Promise<void> {
    await Promise.all(connectionIds.map(async connectionId => {
      await this.connections.open(connectionId, 'user-1', this.now);
      const connection = await this.connections.find(connectionId);
      await this.subscriptions.add(connection!, orderId, { principal: 'user-1' }, 1_000);
    }));
  }

  /** The record of a write in the stream of the table. */
  public record(after: Partial<OrderRow> | undefined, before?: Partial<OrderRow>): DynamoDBRecord {
    const image = (row: object) => marshall(row, { removeUndefinedValues: true }) as never;
    return {
      eventName: before ? after ? 'MODIFY' : 'REMOVE' : 'INSERT',
      dynamodb: {
        SequenceNumber: String(++this.sequence),
        ...after ? { NewImage: image(after) } : {},
        ...before ? { OldImage: image(before) } : {},
      },
    };
  }

  /** The records of an order that went through these statuses. */
  public records(order: Partial<OrderRow>, ...statuses: string[]): DynamoDBRecord[] {
    const rows = statuses.map((status, index) => rowAt({ ...order, status, version: index + 1 }));
    return rows.map((row, index) => this.record(row, rows[index - 1]));
  }

  /** Invokes the function on the stream, and returns the first record that Lambda has to send again. */
  public async publish(records: readonly DynamoDBRecord[], { withFeed = true } = {}): Promise<string | undefined> {
    const { batchItemFailures } = await publish(
      { bus: this.bus, feed: withFeed ? this : undefined, timing: this.timing }, records, this.now + FUNCTION_TIME,
    );
    expect(batchItemFailures.length).toBeLessThanOrEqual(1);
    return batchItemFailures[0]?.itemIdentifier;
  }

  public async redrive(max = 100): Promise<Redriven> {
    return redriveUndelivered({ feed: this, orders: this.shop.orders, timing: this.timing }, max, this.now + 60_000);
  }

  public budget(milliseconds = FUNCTION_TIME): Budget {
    return new Budget(this.timing, this.now + milliseconds);
  }

  /** All items of the connections table. */
  public async connectionItems(): Promise<Array<Record<string, any>>> {
    return this.shop.contents(this.connectionsTable);
  }

  /** The details of the events that the bus accepted. */
  public get details(): any[] {
    return this.services.published.map(({ Detail }) => JSON.parse(Detail));
  }

  private async makeTable(engine: Engine): Promise<void> {
    const access = { endpoint: engine.endpoint, region: 'eu-west-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };
    await new DynamoDBClient(access).send(new CreateTableCommand({
      TableName: this.connectionsTable,
      AttributeDefinitions: [{ AttributeName: 'orderId', AttributeType: 'S' }, { AttributeName: 'connectionId', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'orderId', KeyType: 'HASH' }, { AttributeName: 'connectionId', KeyType: 'RANGE' }],
      GlobalSecondaryIndexes: [{
        IndexName: 'by-connection',
        KeySchema: [{ AttributeName: 'connectionId', KeyType: 'HASH' }],
        Projection: { ProjectionType: 'KEYS_ONLY' },
      }],
      BillingMode: 'PAY_PER_REQUEST',
    }));
  }
}

/** The row of an order at a version, as the workflow writes it. */
export function rowAt(row: Partial<OrderRow> & { status: string; version: number }): Partial<OrderRow> {
  const { status, version } = row;
  return {
    orderId: 'order-1',
    userId: 'user-1',
    history: { [version]: { status, at: timeOf(version), step: 'Step' } },
    createdAt: AT,
    updatedAt: timeOf(version),
    ...row,
  };
}

/** When an order of these tests reached a version. */
export function timeOf(version: number): string {
  return new Date(Date.parse(AT) + version * 1_000).toISOString();
}

