import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { SQSRecord } from 'aws-lambda';
import type { AwsServices } from './aws-services';
import type { Crash } from './crash';
import type { Engine } from './dynoxide';
import { LiveFeed } from './live-feed';
import type { Shop } from './shop';
import type { StepFunctions } from './step-functions';
import { Wire } from './wire';
import { Database } from '../../lambda-src/dynamodb/database';
import { documentClient } from '../../lambda-src/dynamodb/documents';
import { takeEvent } from '../../lambda-src/intake/event/take-event';
import { answerRequest } from '../../lambda-src/intake/http/answer-request';
import type { CallerRules, HttpEvent } from '../../lambda-src/intake/http/caller';
import type { HttpIntake } from '../../lambda-src/intake/http/routes';
import { OrderLock } from '../../lambda-src/intake/order-lock';
import type { Intake } from '../../lambda-src/intake/place-order';
import { DeadLetters } from '../../lambda-src/intake/queue/dead-letters';
import { takeBatch } from '../../lambda-src/intake/queue/take-batch';
import { WatchPermits } from '../../lambda-src/intake/watch-permits';
import { Answer, answerMessage } from '../../lambda-src/intake/web-socket/answer-message';
import { Workflow } from '../../lambda-src/intake/workflow';
import type { OrderRow } from '../../lambda-src/order/order';
import { Orders } from '../../lambda-src/order/orders';
import type { ClockTiming } from '../../lambda-src/timing';

export const DEAD_LETTERS = 'https://sqs.eu-west-1.amazonaws.com/111122223333/dead-letters';
export const QUEUE_ARN = 'arn:aws:sqs:eu-west-1:111122223333:orders';
export const TOKEN_VALIDITY_SECONDS = 3_600;

const CREDENTIALS = { region: 'eu-west-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };
export const IAM: CallerRules = { authorization: 'iam', userClaim: 'sub', decider: { by: 'iam' } };
export const CLAIM: CallerRules = { authorization: 'claim', userClaim: 'sub', decider: { by: 'claim', claim: 'cognito:groups', value: 'managers' } };
export const OPEN: CallerRules = { authorization: 'none', userClaim: 'sub', decider: { by: 'nobody' } };
export const BACKEND = { iam: { userArn: 'arn:aws:iam::111122223333:role/shop' } };

/** What a client of the HTTP API gets. */
export interface HttpReply {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: any;
}

/** A request of a client; the defaults are those of a backend that sends JSON. */
export interface HttpRequest {
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  readonly authorizer?: NonNullable<HttpEvent['requestContext']['authorizer']>;
  readonly orderId?: string;
  readonly event?: Partial<HttpEvent>;
}

/** The time of day stands still, and moves when somebody pauses. Everything else keeps its timing. */
export function stopTheClock(): void {
  jest.useFakeTimers({
    now: Date.parse('2030-01-01T00:00:00.000Z'),
    doNotFake: [
      'hrtime', 'nextTick', 'performance', 'queueMicrotask', 'setImmediate', 'clearImmediate',
      'setInterval', 'clearInterval', 'setTimeout', 'clearTimeout',
    ],
  });
}

export function passes(milliseconds: number): void {
  jest.setSystemTime(Date.now() + milliseconds);
}

export interface DeskSettings {
  readonly isExpress?: boolean;
  readonly rules?: CallerRules;
  readonly timing?: ClockTiming;
}

/** A pause that takes no time but moves the clock. */
const TIMING: ClockTiming = { random: () => 0.5, now: () => Date.now(), wait: async milliseconds => passes(milliseconds) };

/** Where orders come in: every intake of one workflow, on its tables and services. */
export class OrderDesk {
  public static async open(
    engine: Engine, services: AwsServices, stepFunctions: StepFunctions, settings: DeskSettings = {},
  ): Promise<OrderDesk> {
    const feed = await LiveFeed.open(engine, services);
    stepFunctions.reset({ namesAreUnique: !settings.isExpress });
    const desk = new OrderDesk(engine, feed, stepFunctions, settings);
    await makeTable(engine, desk.locksTable);
    return desk;
  }

  public readonly shop: Shop;
  public readonly locksTable: string;
  public readonly wire: Wire;
  /** The wire to Step Functions. */
  public readonly workflowWire: Wire;
  public readonly intake: Intake;
  public readonly sfn: SFNClient;
  private readonly rules: CallerRules;

  private constructor(
    private readonly engine: Engine, public readonly feed: LiveFeed, private readonly stepFunctions: StepFunctions,
    private readonly settings: DeskSettings,
  ) {
    this.shop = feed.shop;
    this.locksTable = feed.shop.ordersTable.replace('orders', 'locks');
    this.rules = settings.rules ?? IAM;
    const documents = this.documents();
    this.wire = new Wire(documents as unknown as DynamoDBClient);
    this.sfn = this.stepFunctionsClient();
    this.workflowWire = new Wire(this.sfn as unknown as DynamoDBClient);
    this.intake = this.intakeOn(documents, this.sfn);
  }

  /** The intake as another instance of its function has it, which crashes. */
  public doomed(crash: Crash): Intake {
    const [documents, sfn] = [this.documents(), this.stepFunctionsClient()];
    crash.awaits(documents);
    crash.awaits(sfn);
    return this.intakeOn(documents, sfn);
  }

  public async asks(routeKey: string, request: HttpRequest = {}, changes: Partial<HttpIntake> = {}): Promise<HttpReply> {
    const permits = this.permits();
    const approvals = { orders: this.intake.orders, workflows: this.sfn, now: () => new Date() };
    const http = { intake: this.intake, permits, approvals, rules: this.rules, feedUrl: 'wss://feed.shop.example', ...changes };
    const { statusCode, headers, body } = await answerRequest(http, httpEvent(routeKey, request));
    return { status: statusCode!, headers: headers as Record<string, string>, body: JSON.parse(body!) };
  }

  public async posts(order: unknown, request: HttpRequest = {}): Promise<HttpReply> {
    return this.asks('POST /orders', { body: order, ...request });
  }

  /** A batch of the queue; the ids of those that stay in it. */
  public async takes(records: SQSRecord[], deadLettersUrl = DEAD_LETTERS): Promise<string[]> {
    const client = new SQSClient({ ...CREDENTIALS, endpoint: this.feed.services.endpoint, maxAttempts: 1 });
    const { batchItemFailures } = await takeBatch({ intake: this.intake, deadLetters: new DeadLetters(client, deadLettersUrl) }, records);
    return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
  }

  public async hears(event: { id: string; detail: unknown }) {
    return takeEvent(this.intake, event);
  }

  /** A browser sends something over its connection. */
  public async says(connectionId: string, message: unknown, settings: { withTokens?: boolean; maxSubscriptions?: number } = {}): Promise<Answer> {
    const { withTokens = true, maxSubscriptions = 100 } = settings;
    const watching = this.feed.watching({
      maxSubscriptions, tokenValiditySeconds: TOKEN_VALIDITY_SECONDS, now: () => Date.now(), ...withTokens ? {} : { watchSecret: undefined },
    });
    const socket = { intake: this.intake, permits: this.permits(withTokens), watching };
    return answerMessage(socket, connectionId, typeof message === 'string' ? message : JSON.stringify(message));
  }

  public async connects(connectionId: string, principal?: string): Promise<void> {
    await this.feed.connections.open(connectionId, principal, Date.now());
  }

  public async rows(): Promise<OrderRow[]> {
    return await this.shop.contents(this.shop.ordersTable) as OrderRow[];
  }

  public async locks(): Promise<Array<Record<string, any>>> {
    return this.shop.contents(this.locksTable);
  }

  /** All that an intake can write. */
  public async everything(): Promise<unknown> {
    return [await this.shop.everything(), await this.locks(), this.stepFunctions.started, this.stepFunctions.answered];
  }

  public permits(withTokens = true): WatchPermits {
    return new WatchPermits(withTokens ? { secret: this.feed.secret, validitySeconds: TOKEN_VALIDITY_SECONDS } : undefined, () => Date.now());
  }

  private intakeOn(documents: DynamoDBDocumentClient, sfn: SFNClient): Intake {
    const timing = this.settings.timing ?? TIMING;
    return {
      orders: new Orders(new Database(documents, timing), this.shop.ordersTable),
      lock: this.settings.isExpress ? undefined : new OrderLock(documents, this.locksTable, timing),
      workflow: new Workflow(sfn, this.stepFunctions.stateMachineArn),
      defaults: { currency: 'EUR' },
      timing,
    };
  }

  // The SDK's own retries would hide the faults that are meant for our code: there are none.
  private documents(): DynamoDBDocumentClient {
    return documentClient({ ...CREDENTIALS, endpoint: this.engine.endpoint, maxAttempts: 1 });
  }

  private stepFunctionsClient(): SFNClient {
    return new SFNClient({ ...CREDENTIALS, endpoint: this.stepFunctions.endpoint, maxAttempts: 1 });
  }
}

/** The event that an HTTP API makes of a request. */
export function httpEvent(routeKey: string, { body, headers, authorizer = BACKEND, orderId, event }: HttpRequest): HttpEvent {
  const [, path] = routeKey.split(' ');
  return {
    version: '2.0',
    routeKey,
    rawPath: path.replace('{orderId}', orderId ?? ''),
    rawQueryString: '',
    headers: { ...body === undefined ? {} : { 'content-type': 'application/json' }, ...headers },
    pathParameters: orderId === undefined ? undefined : { orderId },
    body: typeof body === 'string' || body === undefined ? body : JSON.stringify(body),
    isBase64Encoded: false,
    requestContext: { authorizer },
    ...event,
  };
}

/** A message as the queue hands it over. */
export function queued(messageId: string, body: unknown, attributes: Partial<SQSRecord['attributes']> = {}): SQSRecord {
  return {
    messageId,
    receiptHandle: `receipt of ${messageId}`,
    body: typeof body === 'string' ? body : JSON.stringify(body),
    attributes: { ApproximateReceiveCount: '1', SentTimestamp: '0', SenderId: 'me', ApproximateFirstReceiveTimestamp: '0', ...attributes },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: QUEUE_ARN,
    awsRegion: 'eu-west-1',
  };
}

async function makeTable(engine: Engine, table: string): Promise<void> {
  await new DynamoDBClient({ ...CREDENTIALS, endpoint: engine.endpoint }).send(new CreateTableCommand({
    TableName: table,
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    BillingMode: 'PAY_PER_REQUEST',
  }));
}
