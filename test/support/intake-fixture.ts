import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { SQSRecord } from 'aws-lambda';
import type { AwsServices } from './aws-services';
import type { Engine } from './dynoxide';
import { FeedFixture } from './feed-fixture';
import type { InterruptedFunction } from './interrupted-function';
import { RequestFaults } from './request-faults';
import type { ShopFixture } from './shop-fixture';
import type { StepFunctions } from './step-functions';
import { Database } from '../../lambda-src/dynamodb/database';
import { documentClient } from '../../lambda-src/dynamodb/documents';
import { receiveEvent } from '../../lambda-src/intake/event/receive-event';
import { answerRequest } from '../../lambda-src/intake/http/answer-request';
import type { CallerRules, HttpEvent } from '../../lambda-src/intake/http/caller';
import type { HttpIntake } from '../../lambda-src/intake/http/routes';
import { OrderLock } from '../../lambda-src/intake/order-lock';
import type { Intake } from '../../lambda-src/intake/place-order';
import { DeadLetters } from '../../lambda-src/intake/queue/dead-letters';
import { receiveBatch } from '../../lambda-src/intake/queue/receive-batch';
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
export const OPEN: CallerRules = { authorization: 'none', userClaim: 'sub', decider: { by: 'none' } };
export const BACKEND = { iam: { userArn: 'arn:aws:iam::111122223333:role/shop' } };

/** The response that a client of the HTTP API receives. */
export interface HttpReply {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: any;
}

/** A request of a client; by default, that of a backend that sends JSON. */
export interface HttpRequest {
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  readonly authorizer?: NonNullable<HttpEvent['requestContext']['authorizer']>;
  readonly orderId?: string;
  readonly event?: Partial<HttpEvent>;
}

/** The clock stands still, and moves with each pause. Timers are real. */
export function stopTheClock(): void {
  jest.useFakeTimers({
    now: Date.parse('2030-01-01T00:00:00.000Z'),
    doNotFake: [
      'hrtime', 'nextTick', 'performance', 'queueMicrotask', 'setImmediate', 'clearImmediate',
      'setInterval', 'clearInterval', 'setTimeout', 'clearTimeout',
    ],
  });
}

export function advance(milliseconds: number): void {
  jest.setSystemTime(Date.now() + milliseconds);
}

export interface IntakeSettings {
  readonly isExpress?: boolean;
  readonly rules?: CallerRules;
  readonly timing?: ClockTiming;
}

/** A pause takes no time, but moves the clock. */
const TIMING: ClockTiming = { random: () => 0.5, now: () => Date.now(), wait: async milliseconds => advance(milliseconds) };

/** Every intake of one workflow, on its tables and services. */
export class IntakeFixture {
  public static async open(
    engine: Engine, services: AwsServices, stepFunctions: StepFunctions, settings: IntakeSettings = {},
  ): Promise<IntakeFixture> {
    const feed = await FeedFixture.open(engine, services);
    stepFunctions.reset({ namesAreUnique: !settings.isExpress });
    const desk = new IntakeFixture(engine, feed, stepFunctions, settings);
    await makeTable(engine, desk.locksTable);
    return desk;
  }

  public readonly shop: ShopFixture;
  public readonly locksTable: string;
  public readonly requests: RequestFaults;
  /** The requests to Step Functions. */
  public readonly workflowRequests: RequestFaults;
  public readonly intake: Intake;
  /** How many starts were counted that no retry can help. */
  public refusedStarts = 0;
  public readonly sfn: SFNClient;
  private readonly rules: CallerRules;

  private constructor(
    private readonly engine: Engine, public readonly feed: FeedFixture, private readonly stepFunctions: StepFunctions,
    private readonly settings: IntakeSettings,
  ) {
    this.shop = feed.shop;
    this.locksTable = feed.shop.ordersTable.replace('orders', 'locks');
    this.rules = settings.rules ?? IAM;
    const documents = this.documents();
    this.requests = new RequestFaults(documents as unknown as DynamoDBClient);
    this.sfn = this.stepFunctionsClient();
    this.workflowRequests = new RequestFaults(this.sfn as unknown as DynamoDBClient);
    this.intake = this.intakeOn(documents, this.sfn);
  }

  /** The intake in another instance of its function, which is interrupted. */
  public interrupted(instance: InterruptedFunction): Intake {
    const [documents, sfn] = [this.documents(), this.stepFunctionsClient()];
    instance.intercept(documents);
    instance.intercept(sfn);
    return this.intakeOn(documents, sfn);
  }

  public async request(routeKey: string, request: HttpRequest = {}, changes: Partial<HttpIntake> = {}): Promise<HttpReply> {
    const permits = this.permits();
    const approvals = { orders: this.intake.orders, workflows: this.sfn, now: () => new Date() };
    const http = { intake: this.intake, permits, approvals, rules: this.rules, feedUrl: 'wss://feed.shop.example', ...changes };
    const { statusCode, headers, body } = await answerRequest(http, httpEvent(routeKey, request));
    return { status: statusCode!, headers: headers as Record<string, string>, body: JSON.parse(body!) };
  }

  public async postOrder(order: unknown, request: HttpRequest = {}): Promise<HttpReply> {
    return this.request('POST /orders', { body: order, ...request });
  }

  /** Receives a batch of the queue, and returns the ids of the messages that stay in it. */
  public async receiveBatch(records: SQSRecord[], deadLettersUrl = DEAD_LETTERS): Promise<string[]> {
    const client = new SQSClient({ ...CREDENTIALS, endpoint: this.feed.services.endpoint, maxAttempts: 1 });
    const { batchItemFailures } = await receiveBatch({ intake: this.intake, deadLetters: new DeadLetters(client, deadLettersUrl) }, records);
    return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
  }

  public async receiveEvent(event: { id: string; detail: unknown }) {
    return receiveEvent(this.intake, event);
  }

  /** Sends a message over a connection. */
  public async sendMessage(
    connectionId: string, message: unknown, settings: { withTokens?: boolean; maxSubscriptions?: number } = {},
  ): Promise<Answer> {
    const { withTokens = true, maxSubscriptions = 100 } = settings;
    const watching = this.feed.watching({
      maxSubscriptions, tokenValiditySeconds: TOKEN_VALIDITY_SECONDS, now: () => Date.now(), ...withTokens ? {} : { watchSecret: undefined },
    });
    const socket = { intake: this.intake, permits: this.permits(withTokens), watching };
    return answerMessage(socket, connectionId, typeof message === 'string' ? message : JSON.stringify(message));
  }

  public async connect(connectionId: string, principal?: string): Promise<void> {
    await this.feed.connections.open(connectionId, principal, Date.now());
  }

  public async rows(): Promise<OrderRow[]> {
    return await this.shop.contents(this.shop.ordersTable) as OrderRow[];
  }

  public async locks(): Promise<Array<Record<string, any>>> {
    return this.shop.contents(this.locksTable);
  }

  /** All items and requests that an intake can write. */
  public async snapshot(): Promise<unknown> {
    return [await this.shop.snapshot(), await this.locks(), this.stepFunctions.started, this.stepFunctions.answered];
  }

  public permits(withTokens = true): WatchPermits {
    return new WatchPermits(withTokens ? { secret: this.feed.secret, validitySeconds: TOKEN_VALIDITY_SECONDS } : undefined, () => Date.now());
  }

  private intakeOn(documents: DynamoDBDocumentClient, sfn: SFNClient): Intake {
    const timing = this.settings.timing ?? TIMING;
    return {
      orders: new Orders(new Database(documents, timing), this.shop.ordersTable),
      rows: new Orders(new Database(documents, timing), this.shop.ordersTable),
      lock: this.settings.isExpress ? undefined : new OrderLock(documents, this.locksTable, timing),
      workflow: new Workflow(sfn, this.stepFunctions.stateMachineArn),
      defaults: { currency: 'EUR' },
      timing,
      countRefusedStart: () => { this.refusedStarts++; },
    };
  }

  // Without retries of the SDK, which would hide the faults that a test injects.
  private documents(): DynamoDBDocumentClient {
    return documentClient({ ...CREDENTIALS, endpoint: this.engine.endpoint, maxAttempts: 1 });
  }

  private stepFunctionsClient(): SFNClient {
    return new SFNClient({ ...CREDENTIALS, endpoint: this.stepFunctions.endpoint, maxAttempts: 1 });
  }
}

/** The event that an HTTP API sends to its function. */
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

/** A message as SQS delivers it. */
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
