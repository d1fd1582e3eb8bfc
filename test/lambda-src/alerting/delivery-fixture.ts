import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { SNSEvent } from 'aws-lambda';
import { RECEIVER_PATH, Receiver } from './receiver';
import { AT } from './sns-events';
import { DeadLetterQueue } from '../../../lambda-src/alerting/dead-letter-queue';
import { AlertDelivery, deliverAlerts } from '../../../lambda-src/alerting/deliver-alerts';
import { pagerDutyEvent } from '../../../lambda-src/alerting/pager-duty-event';
import { postJson } from '../../../lambda-src/alerting/post-json';
import { SentAlerts } from '../../../lambda-src/alerting/sent-alerts';
import { slackMessage } from '../../../lambda-src/alerting/slack-message';
import { Database } from '../../../lambda-src/dynamodb/database';
import { documentClient } from '../../../lambda-src/dynamodb/documents';
import type { AwsServices } from '../../support/aws-services';
import type { Engine } from '../../support/dynoxide';
import { RequestFaults } from '../../support/request-faults';

export const ROUTING_KEY = '0123456789abcdef0123456789abcdef';
export const REPEAT_WINDOW = 15 * 60_000;
export const FUNCTION_TIMEOUT = 60_000;
const SOURCE = { workflow: 'Shop/Orders', logGroup: 'orders' };
const LOCAL = { AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' };

let tables = 0;

/** A table of sent alerts on a real engine, and a clock that only a delay or a test moves. */
export class DeliveryFixture {
  public static async open(engine: Engine, services: AwsServices, receiver: Receiver): Promise<DeliveryFixture> {
    const fixture = new DeliveryFixture(engine, services, receiver, `sent-${++tables}`);
    const { key, range } = { key: 'subjectHash', range: 'alertHash' };
    await fixture.documents.send(new CreateTableCommand({
      TableName: fixture.table,
      AttributeDefinitions: [key, range].map(AttributeName => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: [{ AttributeName: key, KeyType: 'HASH' }, { AttributeName: range, KeyType: 'RANGE' }],
      BillingMode: 'PAY_PER_REQUEST',
    }));
    receiver.reset();
    services.reset();
    return fixture;
  }

  public now = Date.parse(AT);
  public readonly delays: number[] = [];
  public readonly requests: RequestFaults;
  public readonly timing = {
    random: () => 0.5,
    now: () => this.now,
    wait: async (milliseconds: number) => {
      this.delays.push(milliseconds);
      this.now += milliseconds;
    },
  };

  private readonly database: Database;
  private readonly documents: DynamoDBDocumentClient;

  private constructor(engine: Engine, private readonly services: AwsServices, private readonly receiver: Receiver, public readonly table: string) {
    Object.assign(process.env, LOCAL, { AWS_ENDPOINT_URL: services.endpoint });
    this.documents = DynamoDBDocumentClient.from(new DynamoDBClient({ endpoint: engine.endpoint }));
    const documents = documentClient({ endpoint: engine.endpoint, maxAttempts: 1 });
    this.requests = new RequestFaults(documents as unknown as DynamoDBClient);
    this.database = new Database(documents, { random: () => 0.5, wait: async () => {} });
  }

  public to(name: keyof typeof RECEIVER_PATH, change: Partial<AlertDelivery> = {}): AlertDelivery {
    const url = `${this.receiver.origin}${RECEIVER_PATH[name]}`;
    return {
      receiver: name,
      source: SOURCE,
      sentAlerts: this.sentAlerts(name),
      deadLetterQueue: new DeadLetterQueue(`${this.services.endpoint}/111122223333/dead-letters`),
      timing: this.timing,
      send: async (alert, deadline) =>
        postJson(name, url, name === 'Slack' ? slackMessage(alert, SOURCE) : pagerDutyEvent(ROUTING_KEY, alert, SOURCE), deadline),
      ...change,
    };
  }

  public sentAlerts(target: string): SentAlerts {
    return new SentAlerts({ database: this.database, table: this.table, target, repeatWindow: REPEAT_WINDOW, now: this.timing.now });
  }

  /** Delivers the event as one invocation of the function does. */
  public async deliver(event: SNSEvent, delivery = this.to('Slack')): Promise<void> {
    return deliverAlerts(delivery, event, { getRemainingTimeInMillis: () => FUNCTION_TIMEOUT });
  }

  public async rows(): Promise<Array<Record<string, any>>> {
    const { Items = [] } = await this.documents.send(new ScanCommand({ TableName: this.table }));
    return Items;
  }
}
