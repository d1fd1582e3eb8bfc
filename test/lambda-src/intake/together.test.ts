import { realTiming } from '../../../lambda-src/timing';
import { queued } from '../../support/intake-fixture';
import { ORDER } from '../../support/shop-fixture';
import { startIntakes } from '../../support/start-intakes';

const started = startIntakes({ clockRuns: true });

const times = <T>(count: number, each: (index: number) => T): T[] => Array.from({ length: count }, (_, index) => each(index));

describe('the same order 50 times at once, by HTTP, queue and WebSocket', () => {
  test('is one row and one execution, and every answer names it', async () => {
    const fixture = await started.open({ timing: realTiming });
    await Promise.all(times(10, async index => fixture.connect(`connection-${index}`)));

    const [replies, stayed, answers] = await Promise.all([
      Promise.all(times(30, async () => fixture.postOrder(ORDER))),
      Promise.all(times(10, async index => fixture.receiveBatch([queued(`m-${index}`, ORDER)]))),
      Promise.all(times(10, async index => fixture.sendMessage(`connection-${index}`, { action: 'submitOrder', order: ORDER }))),
    ]);

    expect(replies.map(({ status, body }) => [status, body.orderId, body.status])).toEqual(times(30, () => [202, 'order-1', 'RECEIVED']));
    expect(stayed.flat()).toEqual([]);
    expect(answers).toEqual(times(10, () => expect.objectContaining({ type: 'order.accepted', orderId: 'order-1', subscribed: true })));
    expect(await fixture.rows()).toHaveLength(1);
    expect(started.stepFunctions.started).toHaveLength(1);
    expect(started.services.queued).toEqual([]);
  }, 30_000);

  test('is one execution on EXPRESS too, where only the row keeps orders apart', async () => {
    const fixture = await started.open({ timing: realTiming, isExpress: true });
    started.stepFunctions.onStart = async name => fixture.shop.alterOrder(name, { owner: 'the first execution' });

    const replies = await Promise.all(times(50, async () => fixture.postOrder(ORDER)));

    expect(replies.map(({ status, body }) => [status, body.orderId])).toEqual(times(50, () => [202, 'order-1']));
    expect(await fixture.rows()).toHaveLength(1);
    expect(started.stepFunctions.started).toHaveLength(1);
  }, 30_000);

  test('under keys of two users is one order for each', async () => {
    const fixture = await started.open({ timing: realTiming });
    const { orderId, ...order } = ORDER;
    const headers = { 'idempotency-key': 'key-1' };

    const replies = await Promise.all(times(20, async index => fixture.postOrder({ ...order, userId: `user-${index % 2}` }, { headers })));

    expect(new Set(replies.map(({ body }) => body.orderId)).size).toBe(2);
    expect((await fixture.rows()).map(row => row.userId).sort()).toEqual(['user-0', 'user-1']);
    expect(started.stepFunctions.started).toHaveLength(2);
  }, 30_000);

  test('with one other order in between is one of the two, and a refusal for the other', async () => {
    const fixture = await started.open({ timing: realTiming });
    const other = { ...ORDER, email: 'ann@shop.example' };

    const replies = await Promise.all(times(20, async index => fixture.postOrder(index % 2 ? ORDER : other)));

    expect(replies.map(({ status }) => status).sort()).toEqual([...times(10, () => 202), ...times(10, () => 409)]);
    expect(await fixture.rows()).toHaveLength(1);
    expect(started.stepFunctions.started).toHaveLength(1);
  }, 30_000);
});
