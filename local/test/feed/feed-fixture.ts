import { createHmac } from 'node:crypto';
import { App, Stack } from 'aws-cdk-lib';
import { CreateOrder, OrderProcessingWorkflow, OrderProcessingWorkflowProps, ValidateOrder } from '../../../src';
import { LocalCloud, LocalWorkflow, RealClock } from '../../src';
import { LocalCloudOptions } from '../../src/local-cloud';
import { ownCall } from '../../src/testkit/own-call';

/** A workflow with a feed in a cloud of its own. */
export class FeedFixture {
  /** Real time by default: the sockets are real. */
  public static async open(
    props: (stack: Stack) => OrderProcessingWorkflowProps = () => ({}), options: LocalCloudOptions = {}, name?: string,
  ): Promise<FeedFixture> {
    const stack = new Stack(new App(), 'Shop');
    const steps = [new ValidateOrder(), new CreateOrder()];
    const workflow = new OrderProcessingWorkflow(stack, 'Orders', { statusFeed: {}, steps, ...props(stack) });
    const logs: string[] = [];
    const cloud = await LocalCloud.fromStack(stack, { clock: new RealClock(), onLog: (_source, line) => logs.push(line), ...options });
    const orders = await cloud.workflow(name);
    await orders.seed([{ productId: 'lamp', price: 29.99, stock: 100_000 }]);
    const secretId = resourceOf(cloud, 'AWS::SecretsManager::Secret', 'Watch');
    const { SecretString = '' } = secretId === undefined
      ? {} : await ownCall(cloud.calls, 'secretsmanager', 'GetSecretValue', { SecretId: secretId });
    return new FeedFixture(stack, workflow, cloud, orders, String(SecretString), logs);
  }

  public readonly url: string;

  private constructor(
    public readonly stack: Stack,
    public readonly workflow: OrderProcessingWorkflow,
    public readonly cloud: LocalCloud,
    public readonly orders: LocalWorkflow,
    public readonly secret: string,
    /** Every line that a function or a service logged. */
    public readonly logs: string[],
  ) {
    this.url = cloud.apis.find(({ url }) => url.startsWith('ws:'))?.url ?? '';
  }

  /** What placing the order would have returned. */
  public token(orderId: string, secret = this.secret): string {
    return createHmac('sha256', secret).update(orderId).digest('base64url');
  }

  /** The physical name of a resource, by its type and a part of its logical id. */
  public resource(type: string, part: string): string {
    const ref = resourceOf(this.cloud, type, part);
    if (ref === undefined) {
      throw new Error(`there is no ${type} whose logical id contains ${part}`);
    }
    return ref;
  }

  /** Rows of orders that were received and not started yet. */
  public async receive(...received: readonly object[]): Promise<void> {
    await this.orders.seed({ orders: received.map((order) => ({ ...order, ...RECEIVED_ROW })) });
  }

  /** Calls a function of the stack, by a part of its logical id. */
  public async invoke(part: string, event: object): Promise<unknown> {
    const { Payload, FunctionError } = await ownCall(this.cloud.calls, 'lambda', 'Invoke', {
      FunctionName: this.resource('AWS::Lambda::Function', part), Payload: JSON.stringify(event),
    });
    if (FunctionError !== undefined) {
      throw new Error(String(Payload));
    }
    return JSON.parse(String(Payload));
  }

  public close(): Promise<void> {
    return this.cloud.close();
  }
}

const RECEIVED_ROW = (() => {
  const at = new Date().toISOString();
  return {
    status: 'RECEIVED',
    version: 1,
    history: { 1: { status: 'RECEIVED', at, step: 'intake' } },
    createdAt: at,
    updatedAt: at,
    openSince: at,
    openShard: '0',
  };
})();

function resourceOf(cloud: LocalCloud, type: string, part: string): string | undefined {
  return cloud.stacks[0].resources.find((resource) => resource.type === type && resource.logicalId.includes(part))?.ref;
}

/** An order that goes through. */
export function anOrder(orderId: string, more: object = {}): { orderId: string } {
  const items = [{ productId: 'lamp', quantity: 1, price: 29.99 }];
  return { orderId, userId: 'ann', currency: 'USD', items, totalAmount: 29.99, ...more } as { orderId: string };
}
