import { EventBus } from 'aws-cdk-lib/aws-events';
import { Desk } from './a-desk';
import { EventIntake, QueueIntake } from '../../../src';
import { order, STOCK } from '../saga/a-saga';

const MAX_BODY_BYTES = 64 * 1024;
const HOUR_MS = 3_600_000;

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open({
    intakes: (stack) => [
      new QueueIntake({ maxReceiveCount: 3 }),
      new EventIntake({ eventBus: new EventBus(stack, 'Shops'), eventPattern: { source: ['shop'], detailType: ['OrderPlaced'] } }),
    ],
  });
});
afterEach(() => desk.orders.faults.clear());
afterAll(() => desk.close());

const deadLetters = (intake: 'QueueIntake' | 'EventIntake') => desk.resource('AWS::SQS::Queue', new RegExp(`${intake}DeadLetters`));

describe('a batch of messages', () => {
  test('with good, bad, oversize and repeated ones: good ones run once, the others are parked with the reason', async () => {
    const oversize = { ...order('large'), note: 'x'.repeat(MAX_BODY_BYTES) };
    await Promise.all([
      order('good-1'), order('bad', 'ann', -1), order('good-2'), oversize, order('good-1'), 'no JSON', order('good-1'),
    ].map((message) => desk.send(message)));
    await desk.settle();
    await desk.send(order('good-2', 'eve'));
    await desk.settle();
    const ended = [await desk.orders.outcome('good-1'), await desk.orders.outcome('good-2')];

    expect(ended.map(({ status }) => status)).toEqual(['COMPLETED', 'COMPLETED']);
    expect(await desk.books.stock()).toBe(STOCK - 4);
    expect([desk.executionsOf('good-1'), desk.executionsOf('good-2')]).toEqual([1, 1]);
    expect((await desk.rows()).map(({ orderId }) => orderId).sort()).toEqual(['good-1', 'good-2']);
    const letters = desk.orders.sent.messages('QueueIntake/DeadLetters');
    const parked = letters.map(({ body, attributes }) => [(body as { orderId?: string }).orderId ?? body, attributes.reason]);
    expect(Object.fromEntries(parked)).toEqual({
      'bad': expect.stringContaining('quantity'),
      'large': expect.stringMatching(/^\d+ bytes are more than the 65536 that are allowed$/),
      'no JSON': expect.stringContaining('this is not JSON'),
      'good-2': 'another order has this id',
    });
    expect(parked).toHaveLength(4);
    expect(letters[0].attributes).toMatchObject({ originalMessageId: expect.any(String), originalQueue: expect.stringContaining(':sqs:') });
    expect(desk.cloud.queue(deadLetters('QueueIntake'))).toHaveLength(4);
    expect(desk.cloud.queue(desk.resource('AWS::SQS::Queue', /QueueIntakeQueue/))).toEqual([]);
  });

  test('that meets a service which is down leaves its messages in the queue, and they run when it is up again', async () => {
    desk.orders.faults.call('dynamodb', { caller: 'QueueIntake' }).times(40).failsBeforeEffect('AccessDeniedException');
    await Promise.all(['later-1', 'later-2'].map((id) => desk.send(order(id))));
    await desk.settle();
    expect((await desk.get('later-1')).status).toBe(404);
    desk.orders.faults.clear();

    await desk.orders.clock.advance(91_000);

    expect((await desk.orders.outcome('later-1')).status).toBe('COMPLETED');
    expect((await desk.orders.outcome('later-2')).status).toBe('COMPLETED');
  });

  test('is parked by the queue itself, if it fails as often as it may', async () => {
    desk.orders.faults.call('dynamodb', { caller: 'QueueIntake' }).always().failsBeforeEffect('AccessDeniedException');
    await desk.send(order('never'));

    await desk.orders.clock.advance(4 * 91_000);

    expect(desk.cloud.queue(deadLetters('QueueIntake')).filter((body) => body.includes('never'))).toHaveLength(1);
    expect(desk.cloud.queue(desk.resource('AWS::SQS::Queue', /QueueIntakeQueue/))).toEqual([]);
    desk.orders.faults.clear();
    expect((await desk.get('never')).status).toBe(404);
  });
});

describe('an event on a bus', () => {
  const put = async (detail: unknown, detailType = 'OrderPlaced') => desk.call('events', 'PutEvents', {
    Entries: [{
      EventBusName: desk.resource('AWS::Events::EventBus', /Shops/), Source: 'shop', DetailType: detailType, Detail: JSON.stringify(detail),
    }],
  });

  test('becomes an order, once though it is sent twice; another event does not', async () => {
    await Promise.all([put(order('event-1')), put(order('event-1')), put(order('event-2'), 'OrderShipped')]);
    await desk.settle();

    expect((await desk.orders.outcome('event-1')).status).toBe('COMPLETED');
    expect(desk.executionsOf('event-1')).toBe(1);
    expect((await desk.get('event-2')).status).toBe(404);
    expect(desk.cloud.queue(deadLetters('EventIntake'))).toEqual([]);
  });

  test('without an order id gets one', async () => {
    const { orderId: _none, ...anonymous } = order('x') as { orderId: string };
    const before = new Set((await desk.rows()).map(({ orderId }) => orderId));
    await put(anonymous);
    await desk.settle();

    const [row] = (await desk.rows()).filter(({ orderId }) => !before.has(orderId));
    expect((await desk.orders.outcome(String(row.orderId))).status).toBe('COMPLETED');
  });

  test('that is no order ends with the dead letters, with what is wrong with it', async () => {
    await put({ ...order('event-3'), items: [] });
    await desk.orders.clock.advance(HOUR_MS);

    const [letter, ...more] = desk.cloud.queue(deadLetters('EventIntake')).map((body) => JSON.parse(body));
    expect(more).toEqual([]);
    expect(letter).toMatchObject({
      requestPayload: { 'source': 'shop', 'detail-type': 'OrderPlaced', 'detail': { orderId: 'event-3' } },
      responsePayload: { errorType: 'InvalidOrder', errorMessage: expect.stringContaining('items') },
    });
    expect((await desk.get('event-3')).status).toBe(404);
  });

  test('that meets a service which is down is tried again', async () => {
    desk.orders.faults.call('dynamodb', { caller: 'EventIntake' }).times(1).failsBeforeEffect('AccessDeniedException');
    await put(order('event-4'));
    await desk.orders.clock.advance(HOUR_MS);

    expect((await desk.orders.outcome('event-4')).status).toBe('COMPLETED');
    expect(desk.executionsOf('event-4')).toBe(1);
  });
});
