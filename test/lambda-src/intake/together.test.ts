import { realTiming } from '../../../lambda-src/timing';
import { backstage } from '../../support/backstage';
import { queued } from '../../support/order-desk';
import { ORDER } from '../../support/shop';

const stage = backstage({ clockRuns: true });

const times = <T>(count: number, each: (index: number) => T): T[] => Array.from({ length: count }, (_, index) => each(index));

describe('the same order 50 times at once, by HTTP, queue and WebSocket', () => {
  test('is one row and one execution, and every answer names it', async () => {
    const desk = await stage.open({ timing: realTiming });
    await Promise.all(times(10, async index => desk.connects(`connection-${index}`)));

    const [replies, stayed, answers] = await Promise.all([
      Promise.all(times(30, async () => desk.posts(ORDER))),
      Promise.all(times(10, async index => desk.takes([queued(`m-${index}`, ORDER)]))),
      Promise.all(times(10, async index => desk.says(`connection-${index}`, { action: 'submitOrder', order: ORDER }))),
    ]);

    expect(replies.map(({ status, body }) => [status, body.orderId, body.status])).toEqual(times(30, () => [202, 'order-1', 'RECEIVED']));
    expect(stayed.flat()).toEqual([]);
    expect(answers).toEqual(times(10, () => expect.objectContaining({ type: 'order.accepted', orderId: 'order-1', subscribed: true })));
    expect(await desk.rows()).toHaveLength(1);
    expect(stage.stepFunctions.started).toHaveLength(1);
    expect(stage.services.parked).toEqual([]);
  }, 30_000);

  test('is one execution on EXPRESS too, where only the row keeps orders apart', async () => {
    const desk = await stage.open({ timing: realTiming, isExpress: true });
    stage.stepFunctions.onStart = async name => desk.shop.alters(name, { owner: 'the first execution' });

    const replies = await Promise.all(times(50, async () => desk.posts(ORDER)));

    expect(replies.map(({ status, body }) => [status, body.orderId])).toEqual(times(50, () => [202, 'order-1']));
    expect(await desk.rows()).toHaveLength(1);
    expect(stage.stepFunctions.started).toHaveLength(1);
  }, 30_000);

  test('under keys of two users is one order for each', async () => {
    const desk = await stage.open({ timing: realTiming });
    const { orderId, ...order } = ORDER;
    const headers = { 'idempotency-key': 'key-1' };

    const replies = await Promise.all(times(20, async index => desk.posts({ ...order, userId: `user-${index % 2}` }, { headers })));

    expect(new Set(replies.map(({ body }) => body.orderId)).size).toBe(2);
    expect((await desk.rows()).map(row => row.userId).sort()).toEqual(['user-0', 'user-1']);
    expect(stage.stepFunctions.started).toHaveLength(2);
  }, 30_000);

  test('with one other order in between is one of the two, and a refusal for the other', async () => {
    const desk = await stage.open({ timing: realTiming });
    const other = { ...ORDER, email: 'ann@shop.example' };

    const replies = await Promise.all(times(20, async index => desk.posts(index % 2 ? ORDER : other)));

    expect(replies.map(({ status }) => status).sort()).toEqual([...times(10, () => 202), ...times(10, () => 409)]);
    expect(await desk.rows()).toHaveLength(1);
    expect(stage.stepFunctions.started).toHaveLength(1);
  }, 30_000);
});
