import { laterName } from '../../../lambda-src/step-functions/state-machine';
import { AwsServices } from '../../support/aws-services';
import { EXPRESS, RecoveryFixture, ago } from '../../support/recovery-fixture';
import { after, responseLost } from '../../support/request-faults';
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
const UNDO = { cause: 'failed', from: 'ReserveInventory', done: {} } as const;
const entered = (name: string) => ({ type: 'TaskStateEntered', stateEnteredEventDetails: { name } });
const event = (type: string) => ({ type });

/** What was started and published. */
const effects = () => [stepFunctions.started, stepFunctions.recoveries, services.notifications];

describe('an order whose execution', () => {
  test.each(['RUNNING', 'PENDING_REDRIVE', 'SOMETHING_NEW'])('is %s is left to it', async status => {
    await shop.putOrder();
    stepFunctions.described.set(ME, { status });
    const row = await shop.row();

    expect(await fixture.recovers()).toBe('at work');

    expect(effects()).toEqual([[], [], []]);
    expect(await shop.row()).toEqual(row);
  });

  test('is not known yet, because it has only just begun, is left to it', async () => {
    await shop.putOrder({ updatedAt: ago(30) });
    expect(await fixture.recovers()).toBe('at work');
    await shop.putOrder({ updatedAt: ago(90) });
    expect(await fixture.recovers()).toBe('recovered');
  });

  test('ended with failures of closing steps that were not published is recovered to publish each', async () => {
    const unpublished = ['EnqueueOrder', 'SendConfirmation'].map(step => ({ step, error: 'AccessDenied', cause: 'no' }));
    await shop.putOrder({ status: 'COMPLETED', unpublished });
    stepFunctions.described.set(ME, { status: 'SUCCEEDED' });
    expect(await fixture.recovers()).toBe('recovered');
    expect(stepFunctions.recoveries.map(({ input }) => input)).toEqual([
      { orderId, owner: ME, unpublished: unpublished.map(failure => ({ kind: 'closing-step-failed', ...failure })) },
    ]);
  });

  test.each([
    ['but is described now and then', 0.05, {}, 'recovered'],
    ['and mostly is not described', 0.5, {}, 'waiting'],
    ['but is described as soon as the order is cancelled', 0.5, { cancelRequestedAt: ago(60) }, 'recovered'],
  ])('was interrupted while the order waits for a decision %s', async (_, draw, more, outcome) => {
    await shop.putOrder({ waiting: { step: 'AwaitApproval', token: 't', until: ago(-86_400), accepted: 'YES', rejected: 'NO' }, ...more });
    stepFunctions.described.set(ME, { status: 'ABORTED' });
    fixture.draws.push(draw);
    expect(await fixture.recovers()).toBe(outcome);
  });

  test.each([
    ['ABORTED', 'ExecutionAborted', 'was aborted'],
    ['FAILED', 'ExecutionFailed', 'failed'],
    ['TIMED_OUT', 'ExecutionTimedOut', 'timed out'],
    ['SUCCEEDED', 'ExecutionLost', 'succeeded and left its order open'],
  ])('is %s is recovered', async (status, error, words) => {
    await shop.putOrder();
    stepFunctions.described.set(ME, { status });

    expect(await fixture.recovers()).toBe('recovered');

    expect(stepFunctions.recoveries).toEqual([{
      name: laterName(orderId, '00000001'),
      input: { orderId, owner: ME, published: false, failure: { kind: 'execution-interrupted', error, cause: `the execution ${ME} ${words}` } },
    }]);
  });

  test.each([[ME, 'is not there any more'], ['no-arn', 'has an ARN that is none']])('(%s) %s is recovered', async owner => {
    await shop.putOrder({ owner });
    expect(await fixture.recovers()).toBe('recovered');
    expect(stepFunctions.recoveries[0].input).toEqual({
      orderId,
      owner,
      published: false,
      failure: { kind: 'execution-interrupted', error: 'ExecutionLost', cause: `the execution ${owner} is not known to Step Functions` },
    });
    expect(stepFunctions.operations).not.toContain('GetExecutionHistory');
  });

  test('failed in a way that it caught is recovered as one that failed', async () => {
    await shop.putOrder();
    stepFunctions.described.set(ME, { status: 'FAILED', error: 'OrderFailed', cause: 'ProcessPayment failed' });
    await fixture.recovers();
    expect(stepFunctions.recoveries[0].input.failure).toEqual({
      kind: 'order-failed', error: 'ExecutionFailed', cause: `the execution ${ME} failed with OrderFailed: ProcessPayment failed`,
    });
  });

  test('has a long cause is published with a thousand characters of it', async () => {
    await shop.putOrder();
    stepFunctions.described.set(ME, { status: 'FAILED', error: 'States.Runtime', cause: 'x'.repeat(5_000) });
    await fixture.recovers();
    const { cause } = stepFunctions.recoveries[0].input.failure;
    expect(cause).toHaveLength(1_000);
    expect(cause).toMatch(/^the execution arn:.* failed with States.Runtime: x+$/);
  });

  test('cannot be described is not recovered', async () => {
    await shop.putOrder();
    stepFunctions.faults.push({ status: 400, name: 'ThrottlingException' });
    await expect(fixture.recovers()).rejects.toMatchObject({ name: 'ThrottlingException' });
    expect(stepFunctions.recoveries).toEqual([]);
  });

  test('cannot be recovered at the moment is an error', async () => {
    await shop.putOrder({ alertedAt: ago(60) });
    stepFunctions.described.set(ME, { status: 'ABORTED' });
    fixture.workflowRequests.next('StartExecution', responseLost);
    await expect(fixture.recovers()).rejects.toMatchObject({ code: 'ECONNRESET' });
  });

  test('was a recovery is recovered again', async () => {
    const owner = ME.replace(':Orders:', ':Recovery:');
    await shop.putOrder({ owner, undo: UNDO });
    stepFunctions.described.set(owner, { status: 'ABORTED' });
    expect(await fixture.recovers()).toBe('recovered');
    expect(stepFunctions.recoveries[0].input).toMatchObject({ orderId, owner });
  });
});

describe('an order of an EXPRESS execution', () => {
  test('that wrote within the time of an execution is left to it', async () => {
    await shop.putOrder({ owner: EXPRESS, updatedAt: ago(330) });
    expect(await fixture.recovers()).toBe('at work');
    expect([effects(), stepFunctions.operations]).toEqual([[[], [], []], []]);
  });

  test('that wrote before is recovered, and no execution is described', async () => {
    await shop.putOrder({ owner: EXPRESS, updatedAt: ago(331) });
    expect(await fixture.recovers()).toBe('recovered');
    expect(stepFunctions.recoveries[0].input).toEqual({
      orderId,
      owner: EXPRESS,
      published: false,
      failure: { kind: 'execution-interrupted', error: 'ExecutionLost', cause: expect.stringContaining('five minutes of an EXPRESS execution') },
    });
    expect(stepFunctions.operations).toEqual(['StartExecution']);
  });
});

describe('an order that has ended', () => {
  test.each([
    ['COMPLETED', {}], ['FAILED', { undo: UNDO }], ['OUT_OF_STOCK', {}], ['NEEDS_ATTENTION', { undo: UNDO }], ['RECEIVED', {}],
  ])('(%s) is left alone, whatever its owner', async (status, fields) => {
    await shop.putOrder({ status, ...fields });
    await shop.alterOrder(orderId, { openSince: undefined, openShard: undefined });
    const row = await shop.row();
    expect(await fixture.recovers()).toBe('ended');
    expect([effects(), stepFunctions.operations]).toEqual([[[], [], []], []]);
    expect(await shop.row()).toEqual(row);
  });

  test('and is deleted is left alone', async () => {
    expect(await fixture.recovers()).toBe('ended');
    expect(effects()).toEqual([[], [], []]);
  });

  test('but is still in the list of open orders is removed from it, and nothing is published', async () => {
    await shop.putOrder({ status: 'COMPLETED', version: 6 });
    stepFunctions.described.set(ME, { status: 'SUCCEEDED' });
    const { openSince, openShard, ...rest } = await shop.row();

    expect(await fixture.recovers()).toBe('ended');

    expect(await shop.row()).toEqual(rest);
    expect(effects()).toEqual([[], [], []]);
  });

  test('stays in the list of open orders when it moves in that moment', async () => {
    await shop.putOrder({ status: 'COMPLETED', version: 6 });
    stepFunctions.described.set(ME, { status: 'SUCCEEDED' });
    shop.requests.next('UpdateItem', after(async () => shop.alterOrder(orderId, { version: 7 })));
    expect(await fixture.recovers()).toBe('ended');
    expect(await shop.row()).toMatchObject({ version: 7, openShard: 'a' });
  });

  test('is recovered if its execution was interrupted after the completion', async () => {
    await shop.putOrder({ status: 'COMPLETED', version: 6 });
    stepFunctions.described.set(ME, { status: 'ABORTED' });
    expect(await fixture.recovers()).toBe('recovered');
  });
});

describe('an order that waits for a decision', () => {
  const waiting = { step: 'AwaitApproval', token: 'token-1', accepted: 'APPROVED', rejected: 'NOT_APPROVED' };

  test('is left alone until then', async () => {
    await shop.putOrder({ status: 'PENDING_APPROVAL', waiting: { ...waiting, until: ago(-1) } });
    expect(await fixture.recovers()).toBe('waiting');
    expect([effects(), stepFunctions.operations]).toEqual([[[], [], []], []]);
  });

  test('for longer than its timeout is recovered', async () => {
    await shop.putOrder({ status: 'PENDING_APPROVAL', waiting: { ...waiting, until: ago(0) } });
    stepFunctions.described.set(ME, { status: 'ABORTED' });
    expect(await fixture.recovers()).toBe('recovered');
  });
});

describe('whether the failure was published', () => {
  beforeEach(async () => {
    await shop.putOrder({ undo: UNDO });
    stepFunctions.described.set(ME, { status: 'FAILED', error: 'OrderFailed' });
  });
  const published = async () => {
    await fixture.recovers();
    return stepFunctions.recoveries[0].input.published;
  };

  test('is on the row', async () => {
    await shop.alterOrder(orderId, { alertedAt: ago(60) });
    expect(await published()).toBe(true);
    expect(stepFunctions.operations).not.toContain('GetExecutionHistory');
  });

  test.each([
    ['it succeeded', true, [entered('Publish failure'), event('TaskScheduled'), event('TaskSucceeded'), event('TaskStateExited')]],
    ['it succeeded at its second attempt', true, [entered('Publish failure'), event('TaskFailed'), event('TaskScheduled'), event('TaskSucceeded')]],
    ['it succeeded long ago', true, [
      entered('Publish failure'), event('TaskSucceeded'), event('TaskStateExited'),
      ...Array.from({ length: 7 }, () => [entered('Undo ReserveInventory'), event('TaskScheduled'), event('TaskSucceeded'), event('TaskStateExited')]).flat(),
    ]],
    ['it failed', false, [entered('Publish failure'), event('TaskScheduled'), event('TaskFailed'), event('TaskStateExited')]],
    ['it failed and another state succeeded', false, [entered('Publish failure'), event('TaskFailed'), entered('Undo'), event('TaskSucceeded')]],
    ['it was about to', false, [entered('Publish failure'), event('TaskScheduled')]],
    ['it never came to it', false, [entered('Charge'), event('TaskSucceeded'), { type: 'ChoiceStateEntered', stateEnteredEventDetails: { name: 'Paid?' } }]],
    ['nothing ever happened', false, []],
  ] as Array<[string, boolean, object[]]>)('is in the history: %s (%p)', async (_, wanted, events) => {
    stepFunctions.histories.set(ME, [event('ExecutionStarted'), entered('Reserve'), event('TaskSucceeded'), ...events, event('ExecutionFailed')]);
    expect(await published()).toBe(wanted);
  });

  test('is read no further back than the answer', async () => {
    const old = Array.from({ length: 50 }, () => entered('Reserve'));
    stepFunctions.histories.set(ME, [...old, entered('Publish failure'), event('TaskSucceeded')]);
    expect(await published()).toBe(true);
    expect(stepFunctions.operations.filter(operation => operation === 'GetExecutionHistory')).toHaveLength(1);
  });

  test('is not known when the history is gone: then it is published', async () => {
    expect(await published()).toBe(false);
  });

  test('is not guessed when the history cannot be read', async () => {
    fixture.workflowRequests.next('GetExecutionHistory', responseLost);
    await expect(fixture.recovers()).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(stepFunctions.recoveries).toEqual([]);
  });
});
