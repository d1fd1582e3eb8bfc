import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { FeedClient } from './feed-client';
import {
  HttpIntake, HttpIntakeProps, IOrderIntake, OrderProcessingWorkflow, OrderProcessingWorkflowProps, ProcessPayment, ReserveInventory, ValidateOrder,
} from '../../../src';
import { JsonObject, LocalCloud, LocalWorkflow } from '../../src';
import { toPlain } from '../../src/runtime/plain-item';
import { ServiceCall } from '../../src/services/service';
import { resourceNamed } from '../../src/testkit/named-resource';
import { Balances, STOCK } from '../saga/saga-fixture';

/** The signature of a backend; the local cloud reads the name only. */
export const SIGNED = {
  authorization: 'AWS4-HMAC-SHA256 Credential=backend/20260101/us-east-1/execute-api/aws4_request, SignedHeaders=host, Signature=0',
};
/** Longer than the lock of an interrupted intake lasts. */
export const LEASE_MS = 5_000;

export interface Reply {
  readonly status: number;
  readonly type: string;
  readonly body: JsonObject;
  readonly headers: Headers;
}

export interface IntakeFixtureOptions {
  readonly http?: HttpIntakeProps;
  /** The intakes besides HTTP. */
  readonly intakes?: (stack: Stack) => IOrderIntake[];
  readonly workflow?: (stack: Stack) => OrderProcessingWorkflowProps;
}

/** A workflow in a cloud of its own, and its intakes. */
export class IntakeFixture {
  public static async open({ http, intakes = () => [], workflow = () => ({}) }: IntakeFixtureOptions = {}): Promise<IntakeFixture> {
    const stack = new Stack(new App(), 'Shop');
    const intake = new HttpIntake(http);
    new OrderProcessingWorkflow(stack, 'Orders', {
      steps: [new ValidateOrder(), new ReserveInventory(), ProcessPayment.simulated()],
      statusFeed: {},
      intakes: [intake, ...intakes(stack)],
      ...workflow(stack),
    });
    new CfnOutput(stack, 'HttpUrl', { value: intake.api.apiEndpoint });
    return IntakeFixture.of(await LocalCloud.fromStack(stack));
  }

  /** The workflow of a cloud that runs, whose stack has the output `HttpUrl`. */
  public static async of(cloud: LocalCloud): Promise<IntakeFixture> {
    const orders = await cloud.workflow();
    await orders.seed([{ productId: 'lamp', price: 29.99, stock: STOCK }]);
    return new IntakeFixture(cloud, orders);
  }

  public readonly balances: Balances;
  /** Every call that succeeded, by any caller. */
  public readonly calls: ServiceCall[] = [];
  private readonly clients: FeedClient[] = [];

  private constructor(public readonly cloud: LocalCloud, public readonly orders: LocalWorkflow) {
    this.balances = new Balances(cloud);
    cloud.calls.observe((call) => this.calls.push(call));
  }

  public async request(method: string, path: string, body?: unknown, headers: object = SIGNED, base = this.cloud.outputs.HttpUrl): Promise<Reply> {
    const answer = await fetch(`${base}${path}`, {
      method,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      body: body === undefined || typeof body === 'string' ? body : JSON.stringify(body),
    });
    const text = await answer.text();
    const type = answer.headers.get('content-type') ?? '';
    return { status: answer.status, type, body: (text === '' ? {} : JSON.parse(text)) as JsonObject, headers: answer.headers };
  }

  public post(order: unknown, headers: object = SIGNED): Promise<Reply> {
    return this.request('POST', '/orders', order, headers);
  }

  public get(orderId: string, headers: object = SIGNED): Promise<Reply> {
    return this.request('GET', `/orders/${orderId}`, undefined, headers);
  }

  public cancel(orderId: string, headers: object = SIGNED, body?: object): Promise<Reply> {
    return this.request('POST', `/orders/${orderId}/cancel`, body, headers);
  }

  public decide(orderId: string, decision: object, headers: object = SIGNED): Promise<Reply> {
    return this.request('POST', `/orders/${orderId}/decision`, decision, headers);
  }

  /** Sends a message to a queue, as another service would. */
  public async send(message: unknown, queue = this.resource('AWS::SQS::Queue', /IntakesQueue[0-9A-F]{8}$/)): Promise<void> {
    await this.call('sqs', 'SendMessage', { QueueUrl: queue, MessageBody: typeof message === 'string' ? message : JSON.stringify(message) });
  }

  public async connect(query = ''): Promise<FeedClient> {
    const { url } = this.cloud.apis.find(({ protocol }) => protocol === 'WEBSOCKET')!;
    const client = await FeedClient.connect(`${url}${query}`);
    this.clients.push(client);
    return client;
  }

  /** The rows of a table that is named like this. */
  public async rows(table = 'TablesOrders'): Promise<JsonObject[]> {
    const { Items } = await this.call('dynamodb', 'Scan', { TableName: this.resource('AWS::DynamoDB::Table', new RegExp(table)), ConsistentRead: true });
    return (Items as JsonObject[]).map(toPlain);
  }

  public executionsOf(orderId: string): number {
    return this.cloud.executions.all().filter(({ name }) => name === orderId).length;
  }

  /** How often a call of a service succeeded, for an order. */
  public times(service: string, operation: string, of: RegExp, orderId: string): number {
    return this.calls.filter((call) => call.service === service && call.operation === operation)
      .map(({ input }) => JSON.stringify(input)).filter((input) => of.test(input) && input.includes(orderId)).length;
  }

  public call(service: string, operation: string, input: JsonObject): Promise<JsonObject> {
    return this.cloud.calls.perform({ service, operation, input, caller: { kind: 'outside', name: 'test' } });
  }

  /** What refers to the resource of a type whose logical id is like this. */
  public resource(type: string, logicalId: RegExp): string {
    const [{ resources }] = this.cloud.stacks;
    return resources.find((resource) => resource.type === type && logicalId.test(resource.logicalId))?.ref
      ?? resourceNamed(this.cloud.stacks, String(logicalId), [type], type).ref;
  }

  /** Lets everything finish that is under way. */
  public settle(): Promise<void> {
    return this.orders.clock.advance(0);
  }

  public async close(): Promise<void> {
    this.clients.forEach((client) => client.close());
    await this.cloud.close();
  }
}
