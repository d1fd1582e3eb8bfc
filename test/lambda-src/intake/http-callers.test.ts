import { BACKEND, CLAIM, HttpRequest, IAM, OPEN, IntakeFixture } from '../../support/intake-fixture';
import { AT, LATER, ORDER } from '../../support/shop-fixture';
import { startIntakes } from '../../support/start-intakes';

const started = startIntakes();
let fixture: IntakeFixture;

const open = async (rules = IAM) => { fixture = await started.open({ rules }); };
const user = (sub: string, claims: object = {}) => ({ jwt: { claims: { sub, ...claims } } });
const { orderId, userId, ...anonymous } = ORDER;
const WAITING = { step: 'AwaitApproval', token: 'token-1', until: LATER, accepted: 'APPROVED', rejected: 'NOT_APPROVED' };

describe('a user of a Cognito identity pool, whose role all users have', () => {
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
  const pool = (identityId: string) => ({
    iam: { userArn: 'arn:aws:sts::111122223333:assumed-role/Customers/CognitoIdentityCredentials', cognitoIdentity: { amr: ['authenticated'], identityId } },
  });
  beforeEach(async () => open());

  test('orders and reads for itself, under its identity', async () => {
    expect(await fixture.postOrder({ orderId, ...anonymous }, { authorizer: pool('eu-west-1:ann') })).toMatchObject({ status: 202 });
    expect(await fixture.rows()).toMatchObject([{ userId: 'eu-west-1:ann' }]);
    expect(await fixture.request('GET /orders/{orderId}', { orderId, authorizer: pool('eu-west-1:ann') })).toMatchObject({ status: 200 });
    expect(await fixture.request('GET /orders/{orderId}', { orderId, authorizer: pool('eu-west-1:eve') })).toMatchObject({ status: 404 });
    expect(await fixture.postOrder(ORDER, { authorizer: pool('eu-west-1:eve') })).toMatchObject({ status: 403 });
  });

  test('does not decide', async () => {
    await fixture.shop.putOrder({ status: 'PENDING_APPROVAL', waiting: WAITING });
    const event = { orderId, body: { approved: true }, authorizer: pool('eu-west-1:ann') };
    expect(await fixture.request('POST /orders/{orderId}/decision', event)).toMatchObject({ status: 403 });
  });
});

describe('a caller with a claim', () => {
  beforeEach(async () => open(CLAIM));

  test('orders for itself, with or without a userId', async () => {
    expect(await fixture.postOrder({ orderId, ...anonymous }, { authorizer: user('user-1') })).toMatchObject({ status: 202 });
    expect(await fixture.postOrder(ORDER, { authorizer: user('user-1') })).toMatchObject({ status: 202 });
    expect(await fixture.rows()).toEqual([expect.objectContaining({ userId: 'user-1' })]);
    expect(await fixture.request('GET /orders/{orderId}', { orderId, authorizer: { lambda: { sub: 'user-1' } } })).toMatchObject({ status: 200 });
  });

  test('does not order for another user', async () => {
    const before = await fixture.snapshot();
    const { status, body } = await fixture.postOrder(ORDER, { authorizer: user('user-2') });
    expect([status, body.type]).toEqual([403, 'urn:problem-type:forbidden']);
    expect(await fixture.snapshot()).toEqual(before);
  });

  test('with the key of another user gets an order of its own', async () => {
    const key = { 'idempotency-key': 'key-1' };
    const mine = await fixture.postOrder(anonymous, { headers: key, authorizer: user('user-1') });
    const yours = await fixture.postOrder(anonymous, { headers: key, authorizer: user('user-2') });
    expect(mine.body.orderId).not.toBe(yours.body.orderId);
    expect(await fixture.request('GET /orders/{orderId}', { orderId: mine.body.orderId, authorizer: user('user-2') })).toMatchObject({ status: 404 });
  });

  test.each([
    ['nothing', {}], ['no claims', { jwt: {} }], ['an empty claim', user('')], ['another claim', { lambda: { name: 'user-1' } }], ['a signature', BACKEND],
  ])('with %s is refused', async (_, authorizer) => {
    await fixture.shop.putOrder({});
    expect(await fixture.postOrder(ORDER, { authorizer })).toMatchObject({ status: 403 });
    expect(await fixture.request('GET /orders/{orderId}', { orderId, authorizer })).toMatchObject({ status: 403 });
  });
});

describe('a backend with IAM', () => {
  beforeEach(async () => open());

  test('must send the userId', async () => {
    expect(await fixture.postOrder({ orderId, ...anonymous })).toMatchObject({ status: 400, body: { errors: [{ field: 'userId', message: 'is missing' }] } });
  });

  test('is refused without its signature', async () => {
    expect(await fixture.postOrder(ORDER, { authorizer: user('user-1') })).toMatchObject({ status: 403, body: { detail: 'the request is not signed by an IAM identity' } });
    expect(await fixture.postOrder(ORDER, { authorizer: {} })).toMatchObject({ status: 403 });
  });
});

describe('a decision', () => {
  const decide = async (body: unknown, authorizer: HttpRequest['authorizer'] = BACKEND, change = {}) =>
    fixture.request('POST /orders/{orderId}/decision', { orderId, body, authorizer, ...change });
  const wait = async () => {
    await fixture.shop.putOrder({ status: 'PENDING_APPROVAL', waiting: WAITING });
    started.stepFunctions.waiting.add('token-1');
  };

  test('resumes the order that waits for it', async () => {
    await open();
    await wait();
    expect(await decide({ approved: true, reason: 'a good customer' })).toMatchObject({ status: 202, body: { orderId, status: 'APPROVED' } });
    expect(started.stepFunctions.answered).toEqual([{
      taskToken: 'token-1',
      output: JSON.stringify({ status: 'APPROVED', reason: 'a good customer', decidedBy: BACKEND.iam.userArn, decidedAt: AT }),
    }]);
  });

  test('that is the second one is refused', async () => {
    await open();
    await wait();
    await decide({ approved: false });
    expect(await decide({ approved: true })).toMatchObject({ status: 409, body: { type: 'urn:problem-type:nothing-to-decide' } });
    expect(started.stepFunctions.answered).toHaveLength(1);
  });

  test('on an order that does not wait or does not exist is refused', async () => {
    await open();
    await fixture.shop.putOrder({ status: 'PAID' });
    expect(await decide({ approved: true })).toMatchObject({ status: 409, body: { detail: expect.stringContaining('its status is PAID') } });
    expect(await decide({ approved: true }, BACKEND, { orderId: 'order-9' })).toMatchObject({ status: 404 });
  });

  test.each([
    ['without a decision', {}, 'approved', 'is missing'],
    ['with a decision as text', { approved: 'yes' }, 'approved', 'is not true or false'],
    ['with a reason that is too long', { approved: true, reason: 'x'.repeat(501) }, 'reason', 'has more than 500 characters'],
    ['that is a list', [true], 'body', '[true] is not an object'],
    ['that is nothing', null, 'body', 'null is not an object'],
  ])('%s is refused by field', async (_, body, field, message) => {
    await open();
    await wait();
    expect(await decide(JSON.stringify(body))).toMatchObject({ status: 400, body: { errors: [{ field, message }] } });
    expect(started.stepFunctions.answered).toEqual([]);
  });

  test.each([
    ['a list, as an HTTP API writes it', '[drivers managers]'], ['a list', ['managers']], ['the value', 'managers'], ['values with spaces between', 'read managers'],
  ])('is accepted from a caller with the claim as %s', async (_, groups) => {
    await open(CLAIM);
    await wait();
    expect(await decide({ approved: true }, user('boss', { 'cognito:groups': groups }))).toMatchObject({ status: 202 });
    expect(JSON.parse(started.stepFunctions.answered[0].output)).toMatchObject({ decidedBy: 'boss' });
  });

  // How an HTTP API writes a list: https://github.com/aws-solutions-library-samples/guidance-for-claude-code-with-amazon-bedrock/issues/802.
  // Names of groups: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateGroup.html (no spaces).
  describe('by a claim whose values can contain spaces', () => {
    const rules = { ...CLAIM, decider: { by: 'claim', claim: 'groups', value: 'managers' } } as const;

    test.each([
      ['the value', 'managers', 202],
      ['a list of the value alone', '[managers]', 202],
      ['a list', ['drivers', 'managers'], 202],
      ['a list with a value that ends with it', ['not managers'], 403],
      ['a list as an HTTP API writes it, with a value that ends with it', '[not managers]', 403],
      ['a list as an HTTP API writes it, of more than one value', '[drivers managers]', 403],
      ['text that ends with it', 'not managers', 403],
      ['text with commas', 'drivers,managers', 403],
    ])('as %s is answered as it has to be', async (_, groups, status) => {
      await open(rules);
      await wait();
      expect(await decide({ approved: true }, user('boss', { groups }))).toMatchObject({ status });
    });
  });

  test('is refused from a group of Cognito that has a comma in its name', async () => {
    await open(CLAIM);
    await wait();
    expect(await decide({ approved: true }, user('user-1', { 'cognito:groups': '[not,managers]' }))).toMatchObject({ status: 403 });
  });

  test.each([
    ['has no such claim', user('user-1')], ['has another value', user('user-1', { 'cognito:groups': '[managers-of-nothing]' })],
    ['has no name', { jwt: { claims: { 'cognito:groups': 'managers' } } }], ['has no claims', {}],
  ])('is refused from a caller that %s, even on its own order', async (_, authorizer) => {
    await open(CLAIM);
    await wait();
    expect(await decide({ approved: true }, authorizer)).toMatchObject({ status: 403, body: { detail: 'the caller may not decide on orders' } });
    expect(started.stepFunctions.answered).toEqual([]);
  });

  test('is refused where no caller may decide', async () => {
    await open(OPEN);
    await wait();
    expect(await decide({ approved: true }, user('user-1', { 'cognito:groups': 'managers' }))).toMatchObject({ status: 403 });
  });
});
