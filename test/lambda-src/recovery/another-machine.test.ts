import { AwsServices } from '../../support/aws-services';
import { LONGEST_ORDER_SECONDS, RecoveryFixture, ago } from '../../support/recovery-fixture';
import { ME, ORDER, ShopFixture } from '../../support/shop-fixture';
import { startOnce } from '../../support/started';
import { StepFunctions } from '../../support/step-functions';

const started = startOnce();
let services: AwsServices;
let stepFunctions: StepFunctions;
let fixture: RecoveryFixture;
let shop: ShopFixture;
beforeEach(async () => {
  fixture = await RecoveryFixture.open(started);
  ({ shop, services, stepFunctions } = fixture);
});

const { orderId } = ORDER;
/** What the workflow ran on before its type was changed, or its construct moved. */
const EARLIER = ME.replace(':Orders:', ':OrdersBefore:');
const IN_TIME = { owner: EARLIER, updatedAt: ago(LONGEST_ORDER_SECONDS) };
const LATE = { owner: EARLIER, updatedAt: ago(LONGEST_ORDER_SECONDS + 1) };
const waitUntil = (until: string) => ({ waiting: { step: 'AwaitApproval', token: 'token-1', until, accepted: 'APPROVED', rejected: 'NOT_APPROVED' } });
const TAKE_OVER = { orderId, action: 'takeOver' };
const taken = {
  name: expect.any(String),
  input: {
    orderId,
    owner: EARLIER,
    published: false,
    failure: {
      kind: 'execution-interrupted', error: 'ExecutionLost', cause: `the execution ${EARLIER} belongs to an earlier state machine of the workflow, and its order was taken over`,
    },
  },
};

describe('an order whose execution belongs to an earlier state machine', () => {
  test.each([
    ['the longest time of an order is not over', IN_TIME, 'left to an operator'],
    ['it waits for a decision', { ...LATE, ...waitUntil(ago(-60)) }, 'waiting'],
    ['the decision was due, and the longest time of an order is not over since', { ...LATE, ...waitUntil(ago(LONGEST_ORDER_SECONDS)) }, 'left to an operator'],
    ['it is to be cancelled while it waits', { ...LATE, ...waitUntil(ago(-60)), cancelRequestedAt: ago(60) }, 'left to an operator'],
  ])('is left alone by the sweeper while %s, and not described', async (_, row, outcome) => {
    await shop.putOrder(row);
    fixture.draws.push(0);
    expect(await fixture.recovers()).toBe(outcome);
    expect([stepFunctions.operations, services.notifications]).toEqual([[], []]);
  });

  test.each([
    ['the longest time of an order', LATE],
    ['its wait, and the longest time of an order since', { ...LATE, ...waitUntil(ago(LONGEST_ORDER_SECONDS + 1)) }],
  ])('is recovered by the sweeper after %s', async (_, row) => {
    await shop.putOrder(row);
    expect(await fixture.recovers()).toBe('recovered');
    expect(stepFunctions.recoveries).toEqual([taken]);
    expect(stepFunctions.operations).toEqual(['StartExecution']);
  });

  test('counts as overdue until then, so that an operator hears of it', async () => {
    await shop.putOrder(IN_TIME);
    expect(await fixture.sweeps()).toMatchObject({ OverdueOrders: 1, OrdersRecovered: 0 });
  });

  test.each([
    ['is open', IN_TIME],
    ['waits for a decision', { ...IN_TIME, ...waitUntil(ago(-60)) }],
  ])('and %s is taken over at once by an operator', async (_, row) => {
    await shop.putOrder(row);
    expect(await fixture.repairs(TAKE_OVER)).toEqual({ orderId, action: 'takeOver', version: 2, by: 'recovery' });
    expect(stepFunctions.recoveries).toEqual([taken]);
    expect(stepFunctions.operations).toEqual(['StartExecution']);
  });

  test.each(['retry', 'resolved'])('and that is on hold is repaired by a recovery (%s), as its execution can be neither woken nor described', async action => {
    await shop.putOrder({ ...IN_TIME, status: 'NEEDS_ATTENTION', onHold: { at: ago(60), notifiedAt: ago(60), token: 'token-1' } });
    stepFunctions.waiting.add('token-1');
    expect(await fixture.repairs({ orderId, action })).toMatchObject({ action, by: 'recovery' });
    expect(stepFunctions.recoveries.map(({ input }) => input)).toEqual([{ orderId, owner: EARLIER, repair: { action } }]);
    expect(stepFunctions.operations).toEqual(['StartExecution']);
  });

  test('and is open is not repaired, and the error states how it is taken over', async () => {
    await shop.putOrder(IN_TIME);
    await expect(fixture.repairs({ orderId, action: 'retry' })).rejects.toMatchObject({
      name: 'NothingToRepair', message: expect.stringMatching(/OrdersBefore.* belongs to an earlier state machine .*repair the order with 'takeOver'/),
    });
  });
});

describe('a takeover', () => {
  test.each([
    ['whose execution belongs to the workflow', {}, 'the sweeper recovers it once its execution'],
    ['which a recovery has', { owner: ME.replace(':Orders:', ':Recovery:') }, 'the sweeper recovers it once its execution'],
    ['of which this is not an execution', { owner: 'a hand' }, 'the sweeper recovers it once its execution'],
    ['that has ended', { owner: EARLIER, openSince: undefined }, 'it has ended'],
    ['that no execution has', { owner: undefined }, 'the sweeper starts it'],
    ['that is on hold', { owner: EARLIER, status: 'NEEDS_ATTENTION' }, "repair it with 'retry' or 'resolved'"],
  ])('of an order %s is refused', async (_, row, reason) => {
    await fixture.putOrder(row);
    await expect(fixture.repairs(TAKE_OVER)).rejects.toMatchObject({ name: 'NothingToRepair', message: expect.stringContaining(reason) });
    expect(stepFunctions.recoveries).toEqual([]);
  });

  test.each([
    ['in another account', ME.replace('111122223333', '444455556666')],
    ['in another region', ME.replace('eu-west-1', 'us-east-1')],
  ])('is possible from a state machine of the same name %s', async (_, owner) => {
    await shop.putOrder({ owner });
    expect(await fixture.repairs(TAKE_OVER)).toMatchObject({ by: 'recovery' });
  });
});
