import { DEAD_LETTERS, IntakeFixture, QUEUE_ARN, advance, queued } from '../../support/intake-fixture';
import { ORDER } from '../../support/shop-fixture';
import { startIntakes } from '../../support/start-intakes';

const started = startIntakes();
let fixture: IntakeFixture;
beforeEach(async () => { fixture = await started.open(); });

const { orderId, ...unnamed } = ORDER;
const named = (id: string) => ({ ...ORDER, orderId: id });
const buried = () => started.services.calls.filter(({ operation }) => operation === 'SendMessage').map(({ input }) => input);
const attribute = (input: Record<string, any>, name: string): string => input.MessageAttributes[name].StringValue;

describe('a batch', () => {
  test('of good, bad, oversize and repeated messages runs the good ones once and buries the bad ones with the reason', async () => {
    const oversize = { ...named('order-3'), note: 'x'.repeat(64 * 1024) };
    const records = [
      queued('m-1', named('order-1')),
      queued('m-2', { ...named('order-2'), totalAmount: 1 }),
      queued('m-3', oversize),
      queued('m-4', named('order-1')),
      queued('m-5', 'no order'),
      queued('m-6', named('order-6')),
      queued('m-7', { ...named('order-6'), email: 'ann@shop.example' }),
    ];

    expect(await fixture.receiveBatch(records)).toEqual([]);

    expect(started.stepFunctions.started.map(({ name }) => name).sort()).toEqual(['order-1', 'order-6']);
    expect((await fixture.rows()).map(row => row.orderId)).toEqual(['order-1', 'order-6']);
    const reasons = Object.fromEntries(buried().map(input => [attribute(input, 'originalMessageId'), attribute(input, 'reason')]));
    // Of the two orders under one id, one was first.
    const { 'm-6': sixth, 'm-7': seventh = sixth, ...others } = reasons;
    expect(others).toEqual({
      'm-2': 'totalAmount: 1 is not the sum of the lines, which is 59.98',
      'm-3': expect.stringContaining('bytes exceed the limit of 65536'),
      'm-5': 'order: this is not JSON',
    });
    expect(seventh).toMatch(/^another order /);
    expect(buried().find(input => attribute(input, 'originalMessageId') === 'm-3')).toMatchObject({
      QueueUrl: DEAD_LETTERS,
      MessageBody: JSON.stringify(oversize),
      MessageAttributes: { originalQueue: { DataType: 'String', StringValue: QUEUE_ARN } },
    });
  });

  test('that is delivered again runs nothing twice', async () => {
    const records = ['m-1', 'm-2'].map((id, index) => queued(id, named(`order-${index}`)));
    await fixture.receiveBatch(records);
    advance(25 * 3_600_000);
    expect(await fixture.receiveBatch(records)).toEqual([]);
    expect(started.stepFunctions.started).toHaveLength(2);
  });

  test('leaves in the queue only what may succeed another time', async () => {
    started.stepFunctions.faults.push({ status: 500, name: 'InternalFailure' });
    const first = await fixture.receiveBatch([queued('m-1', named('order-1')), queued('m-2', 'no order')]);
    expect(first).toEqual(['m-1']);
    expect(buried()).toHaveLength(1);
    expect(await fixture.receiveBatch([queued('m-1', named('order-1'))])).toEqual([]);
    expect(started.stepFunctions.started).toHaveLength(1);
  });

  test('keeps a bad message that could not be buried', async () => {
    started.services.fault = () => ({ status: 500, name: 'InternalFailure' });
    expect(await fixture.receiveBatch([queued('m-1', 'no order'), queued('m-2', ORDER)])).toEqual(['m-1']);
    started.services.fault = () => undefined;
    expect(await fixture.receiveBatch([queued('m-1', 'no order')])).toEqual([]);
    expect(buried().map(({ MessageBody }) => MessageBody)).toEqual(['no order', 'no order']);
    expect(started.stepFunctions.started).toHaveLength(1);
  });
});

describe('an order without an id', () => {
  test('gets one from its message, the same at each delivery', async () => {
    await fixture.receiveBatch([queued('m-1', unnamed), queued('m-2', unnamed)]);
    await fixture.receiveBatch([queued('m-1', unnamed)]);
    expect(await fixture.rows()).toHaveLength(2);
    expect(started.stepFunctions.started).toHaveLength(2);
  });

  test('gets one from the deduplication id of a FIFO queue', async () => {
    await fixture.receiveBatch([queued('m-1', unnamed, { MessageDeduplicationId: 'd-1' })]);
    advance(25 * 3_600_000);
    await fixture.receiveBatch([queued('m-2', unnamed, { MessageDeduplicationId: 'd-1' })]);
    expect(await fixture.rows()).toHaveLength(1);
  });
});

describe('the reason with a dead letter', () => {
  test('has only characters that SQS accepts, and at most 1,000', async () => {
    const items = Array.from({ length: 90 }, () => ({ productId: '\u{1F600}\u{1F600}\uFFFF', quantity: 0, price: 1 }));
    await fixture.receiveBatch([queued('m-1', { ...ORDER, items })]);
    const reason = attribute(buried()[0], 'reason');
    expect([...reason]).toHaveLength(1_000);
    expect(reason).toMatch(/^items\[0\]\.quantity: 0 is not a whole number/);

    await fixture.receiveBatch([queued('m-2', { ...ORDER, orderId: 'order\uFFFE' })]);
    expect(attribute(buried()[1], 'reason')).toBe('orderId: "order?" is not 1 to 64 of the characters A-Z a-z 0-9 _ -');
  });

  test('goes with the message to a FIFO queue, in its group', async () => {
    await fixture.receiveBatch([queued('m-1', 'no order', { MessageGroupId: 'group-1' })], `${DEAD_LETTERS}.fifo`);
    expect(buried()[0]).toMatchObject({ MessageGroupId: 'group-1', MessageDeduplicationId: 'm-1' });
  });
});

describe('an event of a bus', () => {
  test('with an order places it once, however often it is delivered', async () => {
    const event = { id: 'event-1', detail: unnamed };
    const first = await fixture.receiveEvent(event);
    advance(25 * 3_600_000);
    expect(await fixture.receiveEvent(event)).toEqual(first);
    expect((await fixture.rows()).map(row => row.orderId)).toEqual([first.orderId]);
    expect(started.stepFunctions.started).toHaveLength(1);
  });

  test('with an invalid order fails with InvalidOrder', async () => {
    await expect(fixture.receiveEvent({ id: 'event-1', detail: { ...ORDER, userId: 7 } })).rejects.toMatchObject({
      name: 'InvalidOrder', message: 'userId: 7 is not text of 1 to 128 characters without control characters',
    });
    await fixture.receiveEvent({ id: 'event-2', detail: ORDER });
    await expect(fixture.receiveEvent({ id: 'event-3', detail: { ...ORDER, email: 'ann@shop.example' } })).rejects.toMatchObject({ name: 'InvalidOrder' });
    expect(started.stepFunctions.started).toHaveLength(1);
  });

  test('that meets an outage fails with the error of the service, so that it is retried', async () => {
    started.stepFunctions.faults.push({ status: 500, name: 'InternalFailure' });
    await expect(fixture.receiveEvent({ id: 'event-1', detail: ORDER })).rejects.toMatchObject({ cause: { name: 'InternalFailure' } });
    expect(await fixture.receiveEvent({ id: 'event-1', detail: ORDER })).toMatchObject({ orderId });
  });
});
