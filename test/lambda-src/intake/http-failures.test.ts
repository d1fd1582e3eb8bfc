import { IAM, IntakeFixture } from '../../support/intake-fixture';
import { arrives, notSent, refusedWith, responseLost } from '../../support/request-faults';
import { ORDER } from '../../support/shop-fixture';
import { startIntakes } from '../../support/start-intakes';

const started = startIntakes();
let fixture: IntakeFixture;

const open = async (rules = IAM) => { fixture = await started.open({ rules }); };
const { orderId } = ORDER;

describe('an order whose execution cannot be started', () => {
  beforeEach(async () => open());

  test.each([
    ['there are too many starts', 'ThrottlingException', 400, 0],
    ['there are too many executions', 'ExecutionLimitExceeded', 400, 0],
    ['Step Functions has an outage', 'InternalFailure', 500, 0],
    ['the permission is missing', 'AccessDeniedException', 400, 1],
    ['the state machine is gone', 'StateMachineDoesNotExist', 400, 1],
    ['the key is disabled', 'KmsInvalidStateException', 400, 1],
    ['the input is invalid', 'InvalidExecutionInput', 400, 1],
  ])('because %s is accepted, as its row stands; what no retry can help is counted', async (_, name, status, counted) => {
    started.stepFunctions.faults.push({ status, name });
    expect(await fixture.postOrder(ORDER)).toMatchObject({ status: 202, body: { orderId, status: 'RECEIVED' } });
    expect(await fixture.rows()).toHaveLength(1);
    expect(fixture.refusedStarts).toBe(counted);
    expect(started.logs.map(line => JSON.parse(line))).toMatchObject([{ what: 'the execution of an order was not started', error: name, orderId }]);
    // No answer is stored for it, so a repetition starts it.
    expect(await fixture.postOrder(ORDER)).toMatchObject({ status: 202 });
    expect(started.stepFunctions.started).toHaveLength(1);
  });
});

describe('a request that fails', () => {
  beforeEach(async () => open());

  test('to an unknown route is not found', async () => {
    expect(await fixture.request('DELETE /orders/{orderId}', { orderId })).toMatchObject({ status: 404, body: { detail: 'no such route' } });
  });

  test('because the response of the lock is lost has a Retry-After, and has left no row', async () => {
    fixture.requests.next('PutItem', responseLost);
    const reply = await fixture.postOrder(ORDER);
    expect(reply).toMatchObject({ status: 503, headers: { 'retry-after': '2' }, body: { type: 'urn:problem-type:unavailable' } });
    expect(await fixture.rows()).toEqual([]);
    expect(await fixture.postOrder(ORDER)).toMatchObject({ status: 202 });
    expect(started.stepFunctions.started).toHaveLength(1);
  });

  test('because the table is throttled has a Retry-After, and has left no row', async () => {
    fixture.requests.next('PutItem', arrives, ...Array(8).fill(refusedWith('ThrottlingException')));
    const reply = await fixture.postOrder(ORDER);
    expect(reply).toMatchObject({ status: 429, headers: { 'retry-after': '1' }, body: { type: 'urn:problem-type:busy', detail: expect.stringContaining('retry after 1 s') } });
    expect(await fixture.rows()).toEqual([]);
  });

  test('and may have left an order is answered with neither 429 nor 503', async () => {
    fixture.requests.atCall(2, notSent, true);
    fixture.workflowRequests.atCall(1, notSent, true);
    expect(await fixture.postOrder(ORDER)).toMatchObject({
      status: 500, headers: { 'retry-after': '2' }, body: { type: 'urn:problem-type:outcome-unknown', detail: expect.stringContaining('send the same order again') },
    });
    fixture.requests.end();
    fixture.workflowRequests.end();
    expect(await fixture.postOrder(ORDER)).toMatchObject({ status: 202 });
  });

  test.each([
    ['ProvisionedThroughputExceededException', 429], ['ThrottlingException', 429], ['RequestLimitExceeded', 429], ['InternalServerError', 503],
  ])('because DynamoDB keeps failing with %s has a Retry-After', async (name, status) => {
    fixture.requests.next('GetItem', ...Array(8).fill(refusedWith(name)));
    expect(await fixture.request('GET /orders/{orderId}', { orderId })).toMatchObject({ status, headers: { 'retry-after': expect.any(String) } });
    fixture.requests.next('PutItem', refusedWith(name));
    expect(await fixture.postOrder(ORDER)).toMatchObject({ status });
  });

  test('with an internal error is logged, and its response shows nothing of the error', async () => {
    fixture.requests.next('PutItem', refusedWith('AccessDeniedException'));
    const { status, body } = await fixture.postOrder(ORDER);
    expect([status, body]).toEqual([500, {
      type: 'urn:problem-type:internal', title: 'Internal error', status: 500, detail: 'internal error',
    }]);
    expect(started.logs.map(line => JSON.parse(line))).toMatchObject([{ what: 'POST /orders failed', error: 'AccessDeniedException', message: expect.any(String) }]);
  });

  test('because the secret cannot be read has left no order', async () => {
    started.services.fault = ({ operation }) => operation === 'GetSecretValue' ? { status: 500, name: 'InternalServiceError' } : undefined;
    expect(await fixture.postOrder(ORDER)).toMatchObject({ status: 503 });
    expect(await fixture.rows()).toEqual([]);
    started.services.fault = () => undefined;
    expect(await fixture.postOrder(ORDER)).toMatchObject({ status: 202, body: { watchToken: expect.any(String) } });
    expect(started.stepFunctions.started).toHaveLength(1);
  });
});
