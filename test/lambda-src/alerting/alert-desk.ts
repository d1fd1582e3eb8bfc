import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { SNSEvent } from 'aws-lambda';
import { AT } from './notices';
import { RECEIVER_PATH, Receiver } from './receiver';
import { post } from '../../../lambda-src/alerting/exchange';
import { pagerDutyEvent } from '../../../lambda-src/alerting/pager-duty-event';
import { Parking } from '../../../lambda-src/alerting/parking';
import { slackMessage } from '../../../lambda-src/alerting/slack-message';
import { Telling, tellAll } from '../../../lambda-src/alerting/tell';
import { ToldAlerts } from '../../../lambda-src/alerting/told-alerts';
import { Database } from '../../../lambda-src/dynamodb/database';
import { documentClient } from '../../../lambda-src/dynamodb/documents';
import type { AwsServices } from '../../support/aws-services';
import type { Engine } from '../../support/dynoxide';
import { Wire } from '../../support/wire';

export const ROUTING_KEY = '0123456789abcdef0123456789abcdef';
export const WINDOW = 15 * 60_000;
export const FUNCTION_TIME = 60_000;
const SOURCE = { workflow: 'Shop/Orders', logGroup: 'orders' };
const LOCAL = { AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' };

let desks = 0;

/** The table of what was told, at a real engine, and a clock that moves only when somebody waits. */
export class AlertDesk {
  public static async open(engine: Engine, services: AwsServices, receiver: Receiver): Promise<AlertDesk> {
    const desk = new AlertDesk(engine, services, receiver, `told-${++desks}`);
    const { key, range } = { key: 'about', range: 'what' };
    await desk.tables.send(new CreateTableCommand({
      TableName: desk.table,
      AttributeDefinitions: [key, range].map(AttributeName => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: [{ AttributeName: key, KeyType: 'HASH' }, { AttributeName: range, KeyType: 'RANGE' }],
      BillingMode: 'PAY_PER_REQUEST',
    }));
    receiver.reset();
    services.reset();
    return desk;
  }

  public now = Date.parse(AT);
  public readonly pauses: number[] = [];
  public readonly wire: Wire;
  public readonly timing = {
    random: () => 0.5,
    now: () => this.now,
    wait: async (milliseconds: number) => {
      this.pauses.push(milliseconds);
      this.now += milliseconds;
    },
  };

  private readonly database: Database;
  private readonly tables: DynamoDBDocumentClient;

  private constructor(engine: Engine, private readonly services: AwsServices, private readonly receiver: Receiver, public readonly table: string) {
    Object.assign(process.env, LOCAL, { AWS_ENDPOINT_URL: services.endpoint });
    this.tables = DynamoDBDocumentClient.from(new DynamoDBClient({ endpoint: engine.endpoint }));
    const documents = documentClient({ endpoint: engine.endpoint, maxAttempts: 1 });
    this.wire = new Wire(documents as unknown as DynamoDBClient);
    this.database = new Database(documents, { random: () => 0.5, wait: async () => {} });
  }

  public telling(name: keyof typeof RECEIVER_PATH = 'Slack', change: Partial<Telling> = {}): Telling {
    const url = `${this.receiver.origin}${RECEIVER_PATH[name]}`;
    return {
      receiver: name,
      source: SOURCE,
      told: this.told(name),
      parking: new Parking(`${this.services.endpoint}/111122223333/parked`),
      timing: this.timing,
      send: async (alert, time) =>
        post(name, url, name === 'Slack' ? slackMessage(alert, SOURCE) : pagerDutyEvent(ROUTING_KEY, alert, SOURCE), time),
      ...change,
    };
  }

  public told(target: string): ToldAlerts {
    return new ToldAlerts({ database: this.database, table: this.table, target, window: WINDOW, now: this.timing.now });
  }

  /** Tells it as one invocation of the function does. */
  public async tell(event: SNSEvent, telling = this.telling()): Promise<void> {
    return tellAll(telling, event, { getRemainingTimeInMillis: () => FUNCTION_TIME });
  }

  public async rows(): Promise<Array<Record<string, any>>> {
    const { Items = [] } = await this.tables.send(new ScanCommand({ TableName: this.table }));
    return Items;
  }
}
