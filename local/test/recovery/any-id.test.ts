import { Stack } from 'aws-cdk-lib';
import { StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { CreateOrder, InvokeFunction, IOrderStep, ReserveInventory } from '../../../src';
import { inlineFunction, openSaga, order, SagaFixture } from '../saga/saga-fixture';

const LONGEST = 'ü'.repeat(1_023);
/** Ids that no intake lets in. */
const IDS = ['ORD#42', 'ORD/42', 'a\nb', 'bestellung-ü', '🛒', 'two words', LONGEST].map((id) => [id.slice(0, 20), id]);
/** What SNS takes as a subject. */
const SUBJECT = /^[!-~][ -~]{0,99}$/;
/** Longer than an EXPRESS execution can be at work. */
const LATER = 20 * 60_000;

/** Nobody validates what is sent. */
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

  /** Sends an order under a name that says nothing of it; how many alerts there were before. */
  async function sent(orderId: string, stopAfter?: string): Promise<number> {
    const { orders } = shop;
    const told = orders.sent.alerts.length;
    const name = `execution-${++executions}`;
    if (stopAfter) {
      orders.stopAfter(name, stopAfter);
    }
    await orders.process(order(orderId), name);
    return told;
  }

  const alertsSince = (told: number) => shop.orders.sent.alerts.slice(told)
    .map(({ subject, body, attributes }) => ({ subject, kind: attributes.kind, orderId: (body as { orderId: string }).orderId }));
  const toldOf = (orderId: string, ...kinds: string[]) => kinds.map((kind) => ({ subject: expect.stringMatching(SUBJECT), kind, orderId }));

  test.each(IDS)('%j is undone and told of when a step fails, and repaired when its undo fails', async (_, orderId) => {
    const { orders } = shop;
    const stock = await shop.balances.stock();
    orders.faults.state('CheckFraud').always().failsBeforeEffect();
    orders.faults.state('Undo CheckFraud').always().failsBeforeEffect();

    const told = await sent(orderId);
    await orders.clock.advance(LATER);
    const stuck = await orders.order(orderId);
    orders.faults.clear();
    await orders.invoke('RepairOrder', { orderId, action: 'retry' });
    await orders.clock.advance(LATER);
    const row = (await orders.order(orderId))!;

    expect([stuck!.reason, row.status]).toEqual(['could not undo CheckFraud', 'FAILED']);
    expect(await shop.balances.stock()).toBe(stock);
    expect(alertsSince(told)).toEqual(toldOf(orderId, 'order-failed', 'compensation-failed', 'order-repaired'));
  });

  test.each(IDS)('%j-2 is recovered when its execution dies', async (_, id) => {
    const orderId = `${id}-2`;
    const { orders } = shop;
    const stock = await shop.balances.stock();
    const told = await sent(orderId, 'ReserveInventory');
    const row = await orders.settled(orderId);

    expect(row).toMatchObject({ orderId, status: 'FAILED' });
    expect(await shop.balances.stock()).toBe(stock);
    expect(alertsSince(told)).toEqual(toldOf(orderId, 'execution-interrupted'));
  });
});
