import { Stack } from 'aws-cdk-lib';
import { StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { CreateOrder, InvokeFunction, IOrderStep, ReserveInventory } from '../../../src';
import { inlineFunction, openSaga, order, SagaFixture } from '../saga/saga-fixture';

const LONGEST = 'ü'.repeat(1_023);
/** Ids that no intake accepts. */
const IDS = ['ORD#42', 'ORD/42', 'a\nb', 'bestellung-ü', '🛒', 'two words', LONGEST].map((id) => [id.slice(0, 20), id]);
/** What SNS takes as a subject. */
const SUBJECT = /^[!-~][ -~]{0,99}$/;
/** Longer than an EXPRESS execution can be at work. */
const LATER = 20 * 60_000;

/** Steps that do not validate the order. */
function unvalidated(stack: Stack): IOrderStep[] {
  return [
    new CreateOrder(),
    new ReserveInventory(),
    new InvokeFunction({
      stepName: 'CheckFraud',
      handler: inlineFunction(stack, 'CheckFraud', "return { status: 'CLEARED' };"),
      acceptedStatus: 'CLEARED',
      undoHandler: inlineFunction(stack, 'ForgetScore', 'return {};'),
    }),
  ];
}

describe.each([StateMachineType.STANDARD, StateMachineType.EXPRESS])('an order of a %s workflow that validates none, of the id', (type) => {
  let shop: SagaFixture;
  let executions = 0;

  beforeAll(async () => {
    shop = await openSaga(type, unvalidated);
  });
  afterEach(() => shop.orders.faults.clear());
  afterAll(() => shop.cloud.close());

  /** Runs an order in an execution that is not named by its id. Returns how many alerts there were before. */
  async function sent(orderId: string, stopAfter?: string): Promise<number> {
    const { orders } = shop;
    const alertsBefore = orders.sent.alerts.length;
    const name = `execution-${++executions}`;
    if (stopAfter) {
      orders.stopAfter(name, stopAfter);
    }
    await orders.process(order(orderId), name);
    return alertsBefore;
  }

  const alertsSince = (alertsBefore: number) => shop.orders.sent.alerts.slice(alertsBefore)
    .map(({ subject, body, attributes }) => ({ subject, kind: attributes.kind, orderId: (body as { orderId: string }).orderId }));
  const alertsOf = (orderId: string, ...kinds: string[]) => kinds.map((kind) => ({ subject: expect.stringMatching(SUBJECT), kind, orderId }));

  test.each(IDS)('%j is undone and published when a step fails, and repaired when its undo fails', async (_, orderId) => {
    const { orders } = shop;
    const stock = await shop.balances.stock();
    orders.faults.state('CheckFraud').always().failsBeforeEffect();
    orders.faults.state('Undo CheckFraud').always().failsBeforeEffect();

    const alertsBefore = await sent(orderId);
    await orders.clock.advance(LATER);
    const onHold = await orders.order(orderId);
    orders.faults.clear();
    await orders.invoke('RepairOrder', { orderId, action: 'retry' });
    await orders.clock.advance(LATER);
    const row = (await orders.order(orderId))!;

    expect([onHold!.reason, row.status]).toEqual(['could not undo CheckFraud', 'FAILED']);
    expect(await shop.balances.stock()).toBe(stock);
    expect(alertsSince(alertsBefore)).toEqual(alertsOf(orderId, 'order-failed', 'compensation-failed', 'order-repaired'));
  });

  test.each(IDS)('%j-2 is recovered when its execution is interrupted', async (_, id) => {
    const orderId = `${id}-2`;
    const { orders } = shop;
    const stock = await shop.balances.stock();
    const alertsBefore = await sent(orderId, 'ReserveInventory');
    const row = await orders.settled(orderId);

    expect(row).toMatchObject({ orderId, status: 'FAILED' });
    expect(await shop.balances.stock()).toBe(stock);
    expect(alertsSince(alertsBefore)).toEqual(alertsOf(orderId, 'execution-interrupted'));
  });
});
