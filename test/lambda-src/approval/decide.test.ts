import { SendTaskSuccessCommand } from '@aws-sdk/client-sfn';
import { decideApproval } from '../../../lambda-src/approval/decide';
import { Engine, startEngine } from '../../support/dynoxide';
import { LATER, ORDER, ShopFixture } from '../../support/shop-fixture';

let engine: Engine;
let shop: ShopFixture;
beforeAll(async () => { engine = await startEngine(); });
afterAll(async () => engine.stop());
beforeEach(async () => { shop = await ShopFixture.open(engine); });

const waiting = { step: 'AwaitApproval', token: 'token-1', until: LATER, accepted: 'APPROVED', rejected: 'NOT_APPROVED' };

/** Step Functions as a decision uses it: it accepts the output of a task, or reports that none waits. */
class Workflows {
  public readonly answered: Array<{ taskToken?: string; output: unknown }> = [];
  public constructor(private readonly failure?: string) {}

  public async send(command: SendTaskSuccessCommand): Promise<{}> {
    if (this.failure) throw Object.assign(new Error(this.failure), { name: this.failure });
    this.answered.push({ taskToken: command.input.taskToken, output: JSON.parse(command.input.output!) });
    return {};
  }
}

const decide = async (workflows: Workflows, decision: object) => decideApproval(
  { orders: shop.orders, workflows: workflows as never, now: () => new Date(LATER) },
  { orderId: ORDER.orderId, approved: true, ...decision },
);

describe('a decision', () => {
  test.each([[true, 'APPROVED'], [false, 'NOT_APPROVED']])('(approved: %p) answers the step that waits with %s', async (approved, status) => {
    await shop.putOrder({ status: 'PENDING_APPROVAL', waiting });
    const workflows = new Workflows();

    expect(await decide(workflows, { approved, by: 'ann', reason: 'a good customer' })).toEqual({ orderId: ORDER.orderId, status });
    expect(workflows.answered).toEqual([
      { taskToken: 'token-1', output: { status, reason: 'a good customer', decidedBy: 'ann', decidedAt: LATER } },
    ]);
  });

  test('needs neither a name nor a reason', async () => {
    await shop.putOrder({ status: 'PENDING_APPROVAL', waiting });
    const workflows = new Workflows();

    await decide(workflows, {});

    expect(workflows.answered[0].output).toEqual({ status: 'APPROVED', decidedAt: LATER });
  });

  test('on an order that does not wait states its status', async () => {
    await shop.putOrder({ status: 'PAID' });
    await expect(decide(new Workflows(), {})).rejects.toMatchObject({
      name: 'NothingToDecide', message: 'order order-1 does not wait for a decision: its status is PAID',
    });
  });

  test('on a missing order states that there is none', async () => {
    await expect(decide(new Workflows(), {})).rejects.toMatchObject({ name: 'OrderNotFound', message: 'there is no order order-1' });
  });

  test.each(['TaskTimedOut', 'TaskDoesNotExist', 'InvalidToken'])('that comes too late (%s) is refused as such', async failure => {
    await shop.putOrder({ status: 'PENDING_APPROVAL', waiting });
    await expect(decide(new Workflows(failure), {})).rejects.toMatchObject({
      name: 'NothingToDecide', message: expect.stringContaining('its time ran out'), cause: { name: failure },
    });
  });

  test('that Step Functions could not accept is not reported as too late', async () => {
    await shop.putOrder({ status: 'PENDING_APPROVAL', waiting });
    await expect(decide(new Workflows('ThrottlingException'), {})).rejects.toMatchObject({ name: 'ThrottlingException' });
  });
});
