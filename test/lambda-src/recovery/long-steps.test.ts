import { EXPRESS, LONG_STEP_SECONDS, RecoveryFixture, ago } from '../../support/recovery-fixture';
import { ME, ShopFixture } from '../../support/shop-fixture';
import { startOnce } from '../../support/started';
import { StepFunctions } from '../../support/step-functions';

const started = startOnce();
let stepFunctions: StepFunctions;
let fixture: RecoveryFixture;
let shop: ShopFixture;
beforeEach(async () => {
  fixture = await RecoveryFixture.open(started);
  ({ shop, stepFunctions } = fixture);
});

describe('an order whose next step may take long', () => {
  test('is neither described nor overdue until that time is over', async () => {
    await shop.putOrder({ status: 'LONG', updatedAt: ago(LONG_STEP_SECONDS - 1) });
    expect(await fixture.sweeps()).toEqual({ OverdueOrders: 0, OrdersNeedingAttention: 0, OrdersRecovered: 0, OrdersStarted: 0 });
    expect(stepFunctions.operations).toEqual([]);
  });

  test('is described and overdue after it, while its execution runs', async () => {
    await shop.putOrder({ status: 'LONG', updatedAt: ago(LONG_STEP_SECONDS) });
    stepFunctions.described.set(ME, { status: 'RUNNING' });
    expect(await fixture.sweeps()).toMatchObject({ OverdueOrders: 1, OrdersRecovered: 0 });
    expect(stepFunctions.operations).toEqual(['DescribeExecution']);
  });

  test('is recovered at once when an event reports that its execution was interrupted', async () => {
    await shop.putOrder({ status: 'LONG', updatedAt: ago(1) });
    await fixture.receivesEnd();
    expect(stepFunctions.recoveries).toHaveLength(1);
  });

  test.each([
    ['is being undone, which takes less', { undo: { cause: 'failed' as const, from: 'Pay', done: {} } }],
    ['is past it', { status: 'RESERVED' }],
    ['has an EXPRESS execution, which ends after five minutes', { owner: EXPRESS }],
  ])('is recovered after its interruption without that wait if it %s', async (_, row) => {
    await shop.putOrder({ status: 'LONG', updatedAt: ago(600), ...row });
    expect(await fixture.recovers()).toBe('recovered');
  });
});
