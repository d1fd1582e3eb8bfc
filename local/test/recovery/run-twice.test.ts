import { StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import type { ExecutionRecord } from '../../src/services/states/execution-record';
import { AFTER_EXPRESS, openSaga, order, SagaFixture } from '../saga/saga-fixture';

const STATES = [
  'ValidateOrder', 'ReserveInventory', 'ReserveInventory accepted?', 'ProcessPayment', 'Record ProcessPayment', 'CreateOrder', 'CheckFraud',
  'Record CheckFraud', 'Complete order',
];

let shop: SagaFixture;

beforeAll(async () => {
  shop = await openSaga(StateMachineType.EXPRESS);
});
afterAll(() => shop.cloud.close());

/** Runs an execution once more under the id that it has, which only Step Functions itself can do. */
function runAgain({ machine, startedBy, name, arn, input }: ExecutionRecord): void {
  const executions = shop.cloud.executions as unknown as { create(...of: unknown[]): ExecutionRecord };
  executions.create(machine, startedBy, name, arn, input, JSON.parse(input)).execution.begin();
}

/** Runs an order twice: the second run begins when the first enters a state. */
async function runTwice(orderId: string, state: string): Promise<void> {
  const { cloud: { executions }, orders } = shop;
  let first: ExecutionRecord | undefined;
  let again = false;
  executions.onStatus((record) => {
    if (record.name === orderId) first ??= record;
  });
  executions.onEvent(({ name }, { stateEnteredEventDetails }) => {
    if (name === orderId && !again && (stateEnteredEventDetails as { name: string } | undefined)?.name === state) {
      again = true;
      runAgain(first!);
    }
  });
  await orders.submit(order(orderId));
  await orders.clock.advance(AFTER_EXPRESS);
  expect(again).toBe(true);
}

test.each(STATES)('an EXPRESS execution that runs once more while it is in %s reserves and charges once, or undoes both', async (state) => {
  const { orders, balances } = shop;
  const orderId = `order-${STATES.indexOf(state)}`;
  const stock = await balances.stock();

  await runTwice(orderId, state);

  const row = (await orders.order(orderId))!;
  expect(await balances.faultsOf({ orderId, status: row.status, execution: 'SUCCEEDED', path: [], order: row }, stock)).toEqual([]);
  expect(['COMPLETED', 'FAILED', 'REFUNDED']).toContain(row.status);
});
