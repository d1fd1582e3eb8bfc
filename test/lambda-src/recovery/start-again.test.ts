import { AwsServices } from '../../support/aws-services';
import { RecoveryFixture, TOPIC, ago } from '../../support/recovery-fixture';
import { after, responseLost } from '../../support/request-faults';
import { ME, ORDER, OTHER, ShopFixture } from '../../support/shop-fixture';
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

/** What was started and published. */
const effects = () => [stepFunctions.started, stepFunctions.recoveries, services.notifications];

describe('an order without an owner', () => {
  beforeEach(async () => {
    await shop.putOrder({ status: 'RECEIVED', version: 1 });
    await shop.alterOrder(orderId, { owner: undefined });
  });

  test('is started, with what was sent', async () => {
    expect(await fixture.recovers()).toBe('started');
    expect(stepFunctions.started).toEqual([{ name: orderId, input: ORDER }]);
    expect(await shop.row()).toMatchObject({ restarts: 1, status: 'RECEIVED', version: 1 });
    expect(stepFunctions.recoveries).toEqual([]);
  });

  test('is started although it was cancelled: its first step sees that', async () => {
    await shop.alterOrder(orderId, { cancelRequestedAt: ago(60) });
    expect(await fixture.recovers()).toBe('started');
    expect(stepFunctions.started[0].input).toEqual(ORDER);
  });

  test('that an execution takes in that moment stays with it', async () => {
    shop.requests.next('UpdateItem', after(async () => shop.alterOrder(orderId, { owner: OTHER })));
    expect(await fixture.recovers()).toBe('at work');
    expect(effects()).toEqual([[], [], []]);
  });

  test('is started by one of two who see it', async () => {
    shop.requests.next('UpdateItem', after(async () => fixture.recovers()));
    expect(await fixture.recovers()).toBe('at work');
    expect(stepFunctions.started).toHaveLength(1);
    expect(await shop.row()).toMatchObject({ restarts: 1 });
  });

  test.each(['RUNNING', 'PENDING_REDRIVE'])('but whose execution is %s is left to it', async status => {
    await shop.alterOrder(orderId, { userId: 'user-2' });
    await fixture.recovers();
    await shop.alterOrder(orderId, { userId: 'user-1' });
    stepFunctions.described.set(ME, { status });
    expect(await fixture.recovers()).toBe('at work');
    expect(stepFunctions.started).toHaveLength(1);
  });

  test('whose executions were interrupted before their first write is started under other names, three times in all', async () => {
    for (let time = 0; time < 3; time++) {
      expect(await fixture.recovers()).toBe('started');
      stepFunctions.end(stepFunctions.started[time].name);
      fixture.time += 300_000;
    }
    const names = stepFunctions.started.map(({ name }) => name);
    expect(names).toEqual([orderId, expect.stringMatching(`^${orderId}-\\w+-+07$`), expect.stringMatching(`^${orderId}-\\w+-+07$`)]);
    expect(new Set(names).size).toBe(3);

    expect([await fixture.recovers(), await fixture.recovers()]).toEqual(['given up', 'given up']);

    expect(stepFunctions.started).toHaveLength(3);
    expect(services.notifications).toEqual([{
      topic: TOPIC,
      subject: 'execution-interrupted: order-1',
      message: {
        kind: 'execution-interrupted',
        orderId,
        status: 'RECEIVED',
        version: 1,
        step: 'Order',
        steps: ['Order'],
        error: 'ExecutionLost',
        cause: expect.stringContaining('started 3 times'),
        at: expect.any(String),
      },
      attributes: { kind: 'execution-interrupted', step: 'Order', error: 'ExecutionLost' },
    }]);
    expect(await shop.row()).toMatchObject({ restarts: 3, givenUpAt: expect.any(String) });
  });

  test('that is given up is not marked as given up when an execution takes it in that moment', async () => {
    await shop.alterOrder(orderId, { restarts: 3 });
    shop.requests.next('UpdateItem', after(async () => shop.alterOrder(orderId, { owner: OTHER })));
    expect(await fixture.recovers()).toBe('given up');
    expect(await shop.row()).not.toHaveProperty('givenUpAt');
  });

  test('is started again where executions have no names (EXPRESS)', async () => {
    stepFunctions.namesAreUnique = false;
    expect([await fixture.recovers(), await fixture.recovers()]).toEqual(['started', 'started']);
    expect(stepFunctions.started.map(({ name }) => name)).toEqual([orderId, orderId]);
    expect(stepFunctions.operations).toEqual(['StartExecution', 'StartExecution']);
  });

  test('is tried again for as long as Step Functions starts nothing', async () => {
    for (let sweep = 1; sweep <= 5; sweep++) {
      stepFunctions.faults.push({ status: 400, name: 'ThrottlingException' });
      await expect(fixture.recovers()).rejects.toMatchObject({ name: 'ThrottlingException' });
    }
    expect(await shop.row()).toMatchObject({ restarts: 0 });
    expect(await fixture.recovers()).toBe('started');
    expect(await shop.row()).toMatchObject({ restarts: 1 });
    expect(services.notifications).toEqual([]);
  });

  test('is not counted down when it was started although the response was lost', async () => {
    fixture.workflowRequests.next('StartExecution', async deliver => {
      await shop.alterOrder(orderId, { owner: ME, restarts: 7 });
      return responseLost(deliver);
    });
    await expect(fixture.recovers()).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(await shop.row()).toMatchObject({ owner: ME, restarts: 7 });
  });
});
