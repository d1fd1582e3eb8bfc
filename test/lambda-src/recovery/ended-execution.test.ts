import { executionIn } from '../../../lambda-src/recovery/ended-execution';
import { laterName, orderIdInName } from '../../../lambda-src/step-functions/state-machine';
import { AwsServices, BROKEN } from '../../support/aws-services';
import { readLogs } from '../../support/logs';
import { Ended, RecoveryFixture, TOPIC, ago } from '../../support/recovery-fixture';
import { ME, ORDER, OTHER, ShopFixture } from '../../support/shop-fixture';
import { startOnce } from '../../support/started';
import { StepFunctions } from '../../support/step-functions';

const started = startOnce();
let services: AwsServices;
let stepFunctions: StepFunctions;
let fixture: RecoveryFixture;
let shop: ShopFixture;
let logs: string[];
beforeEach(async () => {
  logs = readLogs('INFO', 'ERROR');
  fixture = await RecoveryFixture.open(started);
  ({ shop, services, stepFunctions } = fixture);
});

const { orderId } = ORDER;
const effects = () => [stepFunctions.started, stepFunctions.recoveries, services.notifications];
const orderWithoutOwner = async () => {
  await shop.putOrder({ status: 'RECEIVED', version: 1 });
  await shop.alterOrder(orderId, { owner: undefined });
};

describe('the interruption of the execution that owns an order', () => {
  test.each([
    ['ABORTED', 'ExecutionAborted'], ['FAILED', 'ExecutionFailed'], ['TIMED_OUT', 'ExecutionTimedOut'],
  ])('(%s) recovers the order, whatever Step Functions still reports', async (status, error) => {
    await shop.putOrder({ openSince: ago(1), updatedAt: ago(1) });
    stepFunctions.described.set(ME, { status: 'RUNNING' });

    await fixture.receivesEnd({ status, error: 'States.Runtime', cause: 'bad path' });

    expect(stepFunctions.recoveries.map(({ input }) => input)).toEqual([{
      orderId,
      owner: ME,
      published: false,
      failure: { kind: 'execution-interrupted', error, cause: expect.stringMatching(`^the execution ${ME} .* with States.Runtime: bad path$`) },
    }]);
    expect(stepFunctions.operations).not.toContain('DescribeExecution');
    expect(logs).toEqual([expect.stringContaining('"outcome":"recovered"')]);
    expect(fixture.metrics).toMatchObject([{ OrdersRecovered: 1, OrdersStarted: 0 }]);
    expect(fixture.metrics[0]).not.toHaveProperty('OverdueOrders');
  });

  test('is an ordinary failure when the order has ended', async () => {
    await shop.putOrder({ status: 'FAILED' });
    await shop.alterOrder(orderId, { openSince: undefined, openShard: undefined });
    await fixture.receivesEnd({ status: 'FAILED', error: 'OrderFailed' });
    expect(effects()).toEqual([[], [], []]);
  });

  test('recovers an order that waited for a decision: its task has ended', async () => {
    const waiting = { step: 'AwaitApproval', token: 'token-1', until: ago(-86_400), accepted: 'APPROVED', rejected: 'NOT_APPROVED' };
    await shop.putOrder({ status: 'PENDING_APPROVAL', waiting });
    await fixture.receivesEnd();
    expect(stepFunctions.recoveries).toHaveLength(1);
  });

  test('leaves an order on hold to the operators, and notifies them once', async () => {
    await shop.putOrder({ status: 'NEEDS_ATTENTION', onHold: { at: ago(60) } });
    await fixture.receivesEnd({ status: 'FAILED', error: 'OrderNeedsAttention' });
    await fixture.receivesEnd({ status: 'FAILED', error: 'OrderNeedsAttention' });
    expect(stepFunctions.recoveries).toEqual([]);
    expect(services.notifications.map(({ message }) => message.kind)).toEqual(['compensation-failed']);
  });

  test('before its first write leaves the order to the next sweep: the cause rarely ends at once', async () => {
    await orderWithoutOwner();
    await fixture.receivesEnd();
    expect(effects()).toEqual([[], [], []]);
  });

  test.each(['o', 'order-1', 'a'.repeat(64), 'order--', 'order-07'])('has a later name that is logged, and identifies the order %s', id => {
    const name = laterName(id, 'k3x9a1b2');
    expect(name).toMatch(/^[\w-]{80}$/);
    expect([orderIdInName(name), orderIdInName(id)]).toEqual([id, id]);
  });

  test('under another name than the order, without its input, recovers its order', async () => {
    await shop.putOrder({ openSince: ago(1), updatedAt: ago(1) });
    await fixture.receivesEnd({ name: laterName(orderId, 'k3x9'), input: undefined });
    expect(stepFunctions.recoveries).toHaveLength(1);
  });
});

describe('the interruption of another execution', () => {
  test('than the owner of the order changes nothing', async () => {
    await shop.putOrder({ owner: OTHER, status: 'NEEDS_ATTENTION' });
    await fixture.receivesEnd();
    expect([effects(), stepFunctions.operations]).toEqual([[[], [], []], []]);
  });

  test('does not keep an order from the execution that is about to take it', async () => {
    await orderWithoutOwner();
    await fixture.recovers();
    await fixture.receivesEnd({ executionArn: OTHER });
    expect(stepFunctions.started).toHaveLength(1);
  });
});

describe('the interruption of an execution whose order was never written', () => {
  test('is published', async () => {
    await fixture.receivesEnd({ status: 'TIMED_OUT' });

    expect(services.notifications).toEqual([{
      topic: TOPIC,
      subject: 'execution-interrupted: order-1',
      message: {
        kind: 'execution-interrupted',
        orderId,
        step: 'Order',
        steps: ['Order'],
        error: 'ExecutionTimedOut',
        cause: `the execution ${ME} timed out`,
        execution: ME,
        at: ago(0),
      },
      attributes: { kind: 'execution-interrupted', step: 'Order', error: 'ExecutionTimedOut' },
    }]);
    expect([stepFunctions.started, stepFunctions.recoveries]).toEqual([[], []]);
  });

  test('is not published again if the execution published its failure itself', async () => {
    stepFunctions.histories.set(ME, [{ type: 'TaskStateEntered', stateEnteredEventDetails: { name: 'Publish failure' } }, { type: 'TaskSucceeded' }]);
    await fixture.receivesEnd({ status: 'FAILED', error: 'OrderFailed', cause: 'ValidateOrder failed' });
    expect(services.notifications).toEqual([]);
  });

  test('is an error when it cannot be published, so that the event is delivered again', async () => {
    services.fault = () => BROKEN;
    await expect(fixture.receivesEnd()).rejects.toThrow();
    expect(logs).toEqual([expect.stringContaining('an execution was interrupted, and its order was not recovered')]);
  });
});

describe('the order of an execution', () => {
  const orderIdsOf = async (ended: Ended) => {
    await fixture.receivesEnd(ended);
    return services.notifications.map(({ message }) => message.orderId);
  };

  test.each([
    ['its input', { input: '{"orderId":"sent"}', name: 'named' }, 'sent'],
    ['its name where there is no input', { input: undefined, name: 'named' }, 'named'],
    ['its name where the input is left out of the event', { input: null, name: 'named' }, 'named'],
    ['its name where the input has no id', { input: '{"userId":"user-1"}', name: 'named' }, 'named'],
    ['its name where the input is no order', { input: 'null', name: 'named' }, 'named'],
    ['its input, whatever it is named', { input: '{"orderId":"a/b"}', name: 'named' }, 'a/b'],
    ['its name where the input is cut off', { input: '{"orderId":"se', name: 'named' }, 'named'],
  ] as Array<[string, Ended, string]>)('is in %s', async (_, ended, wanted) => {
    expect(await orderIdsOf(ended)).toEqual([wanted]);
  });

  test.each([
    [{ input: undefined, name: 'two words' }], [{ input: '[]', name: undefined }], [{ input: '{"orderId":7}', name: 7 }],
  ])('that %j does not identify is not looked for', async ended => {
    expect(await orderIdsOf(ended)).toEqual([]);
    expect(logs).toEqual([expect.stringContaining('an execution without an order was interrupted')]);
    expect(shop.requests.sent).toEqual([]);
  });

  test.each(['RUNNING', 'SUCCEEDED', 'PENDING_REDRIVE', undefined])('that is reported as %s is not looked for', async status => {
    await shop.putOrder();
    await fixture.receivesEnd({ status });
    expect([effects(), shop.requests.sent]).toEqual([[[], [], []], []]);
    expect(logs).toEqual([expect.stringContaining('an execution was not interrupted')]);
  });
});

describe('an event without an execution', () => {
  test.each([
    undefined, null, {}, [], 'sweep', { detail: null }, { detail: {} }, { detail: 'x' }, { detail: { executionArn: 7 } }, { source: 'aws.scheduler' },
  ])('such as %j reports none', event => {
    expect(executionIn(event)).toBeUndefined();
  });
});
