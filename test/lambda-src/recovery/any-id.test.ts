import { firstName, laterName, orderIdInName } from '../../../lambda-src/step-functions/state-machine';
import { AwsServices } from '../../support/aws-services';
import { RecoveryFixture, ago } from '../../support/recovery-fixture';
import { ME, ORDER } from '../../support/shop-fixture';
import { startOnce } from '../../support/started';
import { StepFunctions } from '../../support/step-functions';

/** What no intake lets in, but a workflow that does not validate its orders stores. */
const LONGEST = 'ü'.repeat(1_024);
const IDS = ['ORD#42', 'ORD/42', 'a\nb', 'bestellung-ü', 'two words', ' ', '🛒', 'x'.repeat(65), LONGEST];

/** What Step Functions takes as a name, and logs. */
const NAME = /^[\w-]{1,80}$/;

const started = startOnce();
let services: AwsServices;
let stepFunctions: StepFunctions;
let fixture: RecoveryFixture;
beforeEach(async () => {
  fixture = await RecoveryFixture.open(started);
  ({ services, stepFunctions } = fixture);
});

describe.each(IDS.map(id => [id.slice(0, 20), id]))('an order of the id %j', (_, orderId) => {
  test('is recovered when its execution is interrupted, whatever name that had', async () => {
    await fixture.shop.putOrder({ orderId });
    await fixture.receivesEnd({ name: 'exec-1', input: JSON.stringify({ ...ORDER, orderId }) });
    expect(stepFunctions.recoveries).toEqual([{ name: expect.stringMatching(NAME), input: expect.objectContaining({ orderId, owner: ME }) }]);
  });

  test('is published under a subject that SNS accepts, and with its own id', async () => {
    await fixture.receivesEnd({ name: 'exec-1', input: JSON.stringify({ ...ORDER, orderId }) });
    expect(services.notifications).toMatchObject([{ subject: expect.stringMatching(/^execution-interrupted: [ -~]{1,84}$/), message: { orderId } }]);
  });

  test('is repaired', async () => {
    await fixture.shop.putOrder({ orderId, status: 'NEEDS_ATTENTION', version: 7, updatedAt: ago(600) });
    expect(await fixture.repairs({ orderId, action: 'retry' })).toMatchObject({ orderId, by: 'recovery' });
    expect(stepFunctions.recoveries).toEqual([{ name: expect.stringMatching(NAME), input: expect.objectContaining({ orderId, owner: ME }) }]);
  });

  test('is started if it has no owner, and once more under another name', async () => {
    await fixture.shop.putOrder({ orderId, status: 'RECEIVED', version: 1 });
    await fixture.shop.alterOrder(orderId, { owner: undefined });

    expect(await fixture.recovers(orderId)).toBe('started');
    stepFunctions.end(stepFunctions.started[0].name);
    expect(await fixture.recovers(orderId)).toBe('started');

    const names = stepFunctions.started.map(({ name }) => name);
    expect(names).toEqual([expect.stringMatching(NAME), expect.stringMatching(NAME)]);
    expect(new Set(names).size).toBe(2);
    expect(stepFunctions.started[1].input).toMatchObject({ orderId });
  });
});

describe('the name of an execution', () => {
  test('is shared by no two orders', () => {
    const ids = [...IDS, 'ORD-42', 'ORD_42', 'a-b', 'order-1', 'x'.repeat(64), 'x'.repeat(66)];
    const names = ids.flatMap(id => [firstName(id), laterName(id, 'k3x9a1b2')]);
    const ofOrdersSoNamed = names.map(name => laterName(name, 'k3x9a1b3'));
    expect(new Set([...names, ...ofOrdersSoNamed]).size).toBe(2 * names.length);
  });

  test('identifies no order where it does not contain its id', () => {
    const names = IDS.flatMap(id => [firstName(id), laterName(id, 'k3x9a1b2')]);
    expect(new Set(names.map(orderIdInName))).toEqual(new Set(['']));
  });
});

test.each([
  ['no text', 42], ['empty', ''], ['longer than a key', `${LONGEST}x`],
])('an id that is %s is that of no order whose execution was interrupted, and of none to repair', async (_, orderId) => {
  await fixture.receivesEnd({ name: 'exec-1', input: JSON.stringify({ orderId }) });
  expect(services.notifications).toMatchObject([{ message: { orderId: 'exec-1' } }]);
  await expect(fixture.repairs({ orderId, action: 'retry' })).rejects.toMatchObject({
    name: 'InvalidEvent', message: expect.stringContaining('orderId: is not text of 1 to 2048 bytes'),
  });
});
