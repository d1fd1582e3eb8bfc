import { IAM, IntakeFixture } from '../../support/intake-fixture';
import { responseLost, arrives, refusedWith } from '../../support/request-faults';
import { ORDER } from '../../support/shop-fixture';
import { startIntakes } from '../../support/start-intakes';

const started = startIntakes();
let fixture: IntakeFixture;

const open = async (rules = IAM) => { fixture = await started.open({ rules }); };
const { orderId } = ORDER;

describe('a request that fails', () => {
  beforeEach(async () => open());

  test('to an unknown route is not found', async () => {
    expect(await fixture.request('DELETE /orders/{orderId}', { orderId })).toMatchObject({ status: 404, body: { detail: 'no such route' } });
  });

  test.each([
    ['too many starts', { status: 400, name: 'ThrottlingException' }, 429, 'busy', '1'],
    ['too many executions', { status: 400, name: 'ExecutionLimitExceeded' }, 429, 'busy', '1'],
    ['an outage', { status: 500, name: 'InternalFailure' }, 503, 'unavailable', '2'],
  ])('because of %s of Step Functions has a Retry-After', async (_, mishap, status, kind, retryAfter) => {
    started.stepFunctions.faults.push(mishap);
    const reply = await fixture.postOrder(ORDER);
    expect(reply).toMatchObject({ status, headers: { 'retry-after': retryAfter }, body: { type: `urn:problem-type:${kind}`, detail: expect.stringContaining(`retry after ${retryAfter} s`) } });
    expect(await fixture.postOrder(ORDER)).toMatchObject({ status: 202 });
    expect(started.stepFunctions.started).toHaveLength(1);
  });

  test.each([
    ['of the row', 'PutItem', [arrives, responseLost]], ['of the lock', 'PutItem', [responseLost]], ['of the stored answer', 'UpdateItem', [responseLost]],
  ])('because a response %s is lost has a Retry-After', async (_, operation, faults) => {
    fixture.requests.next(operation, ...faults);
    expect(await fixture.postOrder(ORDER)).toMatchObject({ status: 503, headers: { 'retry-after': '2' } });
    expect(await fixture.postOrder(ORDER)).toMatchObject({ status: 202 });
    expect(await fixture.rows()).toHaveLength(1);
    expect(started.stepFunctions.started).toHaveLength(1);
  });

  test('because a response of Step Functions is lost has a Retry-After', async () => {
    fixture.workflowRequests.next('StartExecution', responseLost);
    expect(await fixture.postOrder(ORDER)).toMatchObject({ status: 503 });
    expect(await fixture.postOrder(ORDER)).toMatchObject({ status: 202 });
    expect(started.stepFunctions.started).toHaveLength(1);
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
    started.stepFunctions.faults.push({ status: 400, name: 'AccessDeniedException' });
    const { status, body } = await fixture.postOrder(ORDER);
    expect([status, body]).toEqual([500, {
      type: 'urn:problem-type:internal', title: 'Internal error', status: 500, detail: 'internal error',
    }]);
    expect(started.logs.map(line => JSON.parse(line))).toMatchObject([{ what: 'POST /orders failed', error: 'AccessDeniedException', message: expect.any(String) }]);
  });

  test('because the secret cannot be read has started the order', async () => {
    started.services.fault = ({ operation }) => operation === 'GetSecretValue' ? { status: 500, name: 'InternalServiceError' } : undefined;
    expect(await fixture.postOrder(ORDER)).toMatchObject({ status: 503 });
    started.services.fault = () => undefined;
    expect(await fixture.postOrder(ORDER)).toMatchObject({ status: 202, body: { watchToken: expect.any(String) } });
    expect(started.stepFunctions.started).toHaveLength(1);
  });
});
