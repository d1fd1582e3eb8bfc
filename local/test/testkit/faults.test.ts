import { App } from 'aws-cdk-lib';
import { anOrder, shopFixture, PRODUCTS } from './shop-fixture';
import { LocalCloud, LocalWorkflow } from '../../src';

let cloud: LocalCloud;
let orders: LocalWorkflow;

beforeAll(async () => {
  cloud = await LocalCloud.fromStack(shopFixture().stack);
  orders = await cloud.workflow();
  await orders.seed(PRODUCTS.map((product) => ({ ...product, stock: 1000 })));
});

afterEach(() => orders.faults.clear());
afterAll(() => cloud.close());

test('a charge that failed after its effect is made once: the repetition finds it', async () => {
  const fault = orders.faults.state('ProcessPayment').times(2).failsAfterEffect();

  expect(await orders.process(anOrder('failed-after'))).toMatchObject({ status: 'COMPLETED' });
  expect(fault.hits).toBe(2);
});

test('a charge that always fails before its effect ends the order', async () => {
  orders.faults.state('ProcessPayment').always().failsBeforeEffect();

  expect(await orders.process(anOrder('failed-before'))).toMatchObject({ status: 'FAILED', execution: 'FAILED' });
  expect(orders.sent.alerts).toMatchObject([{ attributes: { kind: 'order-failed', step: 'ProcessPayment' } }]);
});

test('a charge that succeeds too late is refunded', async () => {
  orders.faults.state('ProcessPayment').always().succeedsLate();

  expect((await orders.process(anOrder('late'))).status).toMatch(/REFUNDED|FAILED/);
});

test.each([
  ['is throttled', (at: LocalWorkflow) => at.faults.state('ProcessPayment').isThrottled()],
  ['times out once', (at: LocalWorkflow) => at.faults.state('ProcessPayment').timesOut()],
  ['happens twice', (at: LocalWorkflow) => at.faults.state('ReserveInventory').happensTwice()],
  ['meets a conflict in its function', (at: LocalWorkflow) => at.faults.call('dynamodb:TransactWriteItems').meetsConflict()],
])('an order whose step %s is completed all the same', async (what, inject) => {
  const fault = inject(orders);

  expect(await orders.process(anOrder(what.replaceAll(' ', '-')))).toMatchObject({ status: 'COMPLETED' });
  expect(fault.hits).toBe(1);
});

test('an undeclared result fails the order', async () => {
  orders.faults.state('ProcessPayment').after(0).answers({ status: 'MAYBE' });

  expect(await orders.process(anOrder('maybe'))).toMatchObject({ execution: 'FAILED' });
});

test('faults by probability depend on the seed: a second cloud has the same faults', async () => {
  const { directory } = (shopFixture().stack.node.root as App).synth();
  const outcomes = async (): Promise<string[]> => {
    const other = await LocalCloud.fromAssembly(directory, { seed: 7 });
    try {
      const workflow = await other.workflow();
      await workflow.seed(PRODUCTS);
      workflow.faults.state('ProcessPayment').withProbability(0.7).failsBeforeEffect();
      const all = await Promise.all(['a', 'b', 'c', 'd'].map((id) => workflow.process(anOrder(id))));
      return all.map(({ status }) => status);
    } finally {
      await other.close();
    }
  };
  const first = await outcomes();

  expect(new Set(first).size).toBe(2);
  expect(await outcomes()).toEqual(first);
});

test('the test itself is never hit', async () => {
  orders.faults.call('dynamodb').always().failsBeforeEffect();

  expect(await orders.order('unknown')).toBeUndefined();
});

test('a state that the workflow does not have is an error', () => {
  expect(() => orders.faults.state('ProcesPayment')).toThrow(/has no state 'ProcesPayment'; it has .*ProcessPayment/);
});
