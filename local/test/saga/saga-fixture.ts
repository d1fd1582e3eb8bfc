import { App, Duration, Stack } from 'aws-cdk-lib';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import {
  CreateOrder, IClosingStep, InvokeFunction, IOrderStep, OrderProcessingWorkflow, OrderProcessingWorkflowProps, ProcessPayment, ReserveInventory,
  ValidateOrder,
} from '../../../src';
import { JsonObject, LocalCloud, LocalWorkflow, OrderOutcome } from '../../src';

export const STOCK = 100_000;
/** Longer than an EXPRESS execution can be at work. */
export const AFTER_EXPRESS = 6 * 60_000;
const QUANTITY = 2;

/** A workflow in a cloud of its own, and the balances by which its money and its goods are checked. */
export interface SagaFixture {
  readonly cloud: LocalCloud;
  readonly orders: LocalWorkflow;
  readonly balances: Balances;
}

export function inlineFunction(stack: Stack, id: string, body: string): Function {
  return new Function(stack, id, {
    runtime: Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: Code.fromInline(`exports.handler = async (event) => { ${body} };`),
    timeout: Duration.seconds(5),
  });
}

/** All kinds of steps: the library's with a function and without, and a user's with a compensation. */
export function allSteps(stack: Stack): IOrderStep[] {
  return [
    new ValidateOrder(),
    new ReserveInventory(),
    ProcessPayment.simulated(),
    new CreateOrder(),
    new InvokeFunction({
      stepName: 'CheckFraud',
      handler: inlineFunction(stack, 'CheckFraud',
        "return event.userId === 'eve' ? { status: 'SUSPICIOUS', reason: 'known' } : { status: 'CLEARED', score: 0.5 };"),
      acceptedStatus: 'CLEARED',
      rejectedStatuses: ['SUSPICIOUS'],
      undoHandler: inlineFunction(stack, 'ForgetScore', 'return { forgotten: event.idempotencyKey };'),
    }),
  ];
}

export async function openSaga(
  stateMachineType: StateMachineType = StateMachineType.STANDARD,
  steps: (stack: Stack) => IOrderStep[] = allSteps,
  props: OrderProcessingWorkflowProps = {},
  change: (workflow: OrderProcessingWorkflow) => void = () => undefined,
  closingSteps: (stack: Stack) => IClosingStep[] = () => [],
): Promise<SagaFixture> {
  return openSagaOf(sagaStack(stateMachineType, steps, props, change, closingSteps));
}

/** A stack with a workflow, without monitoring, which would take most of the time of the synth. */
export function sagaStack(
  stateMachineType: StateMachineType = StateMachineType.STANDARD,
  steps: (stack: Stack) => IOrderStep[] = allSteps,
  props: OrderProcessingWorkflowProps = {},
  change: (workflow: OrderProcessingWorkflow) => void = () => undefined,
  closingSteps: (stack: Stack) => IClosingStep[] = () => [],
): Stack {
  const stack = new Stack(new App(), 'Shop');
  const monitoring = { alarms: false, dashboard: false, savedQueries: false };
  change(new OrderProcessingWorkflow(stack, 'Orders', { stateMachineType, steps: steps(stack), closingSteps: closingSteps(stack), monitoring, ...props }));
  return stack;
}

/** One stack can be opened more than once, each time in a cloud of its own. */
export async function openSagaOf(stack: Stack): Promise<SagaFixture> {
  const cloud = await LocalCloud.fromStack(stack);
  const orders = await cloud.workflow();
  await orders.seed([{ productId: 'lamp', price: 29.99, stock: STOCK }]);
  return { cloud, orders, balances: new Balances(cloud) };
}

export function order(orderId: string, userId = 'ann', quantity = QUANTITY): object {
  return {
    orderId, userId, currency: 'EUR', items: [{ productId: 'lamp', quantity, price: 29.99 }], totalAmount: Math.round(2999 * quantity) / 100,
  };
}

/** The idempotency key of a step, as its function gets it. */
export function keyOf(cloud: LocalCloud, orderId: string, step: string): string {
  const [{ resources }] = cloud.stacks;
  const { ref } = resources.find(({ type, logicalId }) => type === 'AWS::DynamoDB::Table' && logicalId.includes('TablesOrders'))!;
  return `${ref}:${orderId}:${step}`;
}

/** Compares the stock and the ledger with the orders. */
export class Balances {
  constructor(private readonly cloud: LocalCloud) {}

  public async stock(): Promise<number> {
    return (await this.row('Products', { productId: 'lamp' }))!.stock as number;
  }

  /** The payment of an order at the provider: APPROVED is a charge that was not refunded. */
  public async payment(orderId: string): Promise<string | undefined> {
    return (await this.row('Ledger', { key: keyOf(this.cloud, orderId, 'ProcessPayment') }))?.status as string | undefined;
  }

  /** The inconsistencies of an order that ended: stock, payment, or an order that stays listed as open. */
  public async faultsOf({ orderId, status, order: row }: OrderOutcome, stockBefore: number): Promise<string[]> {
    const completed = status === 'COMPLETED';
    const taken = stockBefore - await this.stock();
    const kept = await this.payment(orderId) === 'APPROVED';
    return [
      ...(taken === (completed ? QUANTITY : 0) ? [] : [`${taken} of the stock are missing`]),
      ...(kept === completed ? [] : [kept ? 'the payment was kept' : 'there is no payment']),
      ...(row?.openSince === undefined ? [] : ['the order is still open']),
      ...(row && Object.keys(row.history as object).length !== row.version ? ['the history has gaps'] : []),
    ];
  }

  private async row(table: string, key: JsonObject): Promise<JsonObject | undefined> {
    const [{ resources }] = this.cloud.stacks;
    const { ref } = resources.find(({ type, logicalId }) => type === 'AWS::DynamoDB::Table' && logicalId.includes(table))!;
    return this.cloud.item(ref, key);
  }
}
