import { EventBus } from 'aws-cdk-lib/aws-events';
import { IntakeFixture } from './intake-fixture';
import { EventIntake, QueueIntake } from '../../../src';
import { order, STOCK } from '../saga/saga-fixture';

const MAX_BODY_BYTES = 64 * 1024;
const HOUR_MS = 3_600_000;

let intake: IntakeFixture;
beforeAll(async () => {
  intake = await IntakeFixture.open({
    intakes: (stack) => [
      new QueueIntake({ maxReceiveCount: 3 }),
      new EventIntake({ eventBus: new EventBus(stack, 'Shops'), eventPattern: { source: ['shop'], detailType: ['OrderPlaced'] } }),
    ],
  });
});
afterEach(() => intake.orders.faults.clear());
afterAll(() => intake.close());

const deadLetters = (name: 'IntakesQueue' | 'IntakesEvent') => intake.resource('AWS::SQS::Queue', new RegExp(`${name}DeadLetters`));

describe('a batch of messages', () => {
  test('with good, bad, oversize and repeated ones: good ones run once, the others go to the dead-letter queue with the reason', async () => {
    const oversize = { ...order('large'), note: 'x'.repeat(MAX_BODY_BYTES) };
    await Promise.all([
      order('good-1'), order('bad', 'ann', -1), order('good-2'), oversize, order('good-1'), 'no JSON', order('good-1'),
    ].map((message) => intake.send(message)));
    await intake.settle();
    await intake.send(order('good-2', 'eve'));
    await intake.settle();
    const ended = [await intake.orders.outcome('good-1'), await intake.orders.outcome('good-2')];

    expect(ended.map(({ status }) => status)).toEqual(['COMPLETED', 'COMPLETED']);
    expect(await intake.balances.stock()).toBe(STOCK - 4);
    expect([intake.executionsOf('good-1'), intake.executionsOf('good-2')]).toEqual([1, 1]);
    expect((await intake.rows()).map(({ orderId }) => orderId).sort()).toEqual(['good-1', 'good-2']);
    const letters = intake.orders.sent.messages('Queue/DeadLetters');
    const reasons = letters.map(({ body, attributes }) => [(body as { orderId?: string }).orderId ?? body, attributes.reason]);
    expect(Object.fromEntries(reasons)).toEqual({
      'bad': expect.stringContaining('quantity'),
      'large': expect.stringMatching(/^\d+ bytes exceed the limit of 65536$/),
      'no JSON': expect.stringContaining('this is not JSON'),
      'good-2': 'another order has this id',
    });
    expect(reasons).toHaveLength(4);
    expect(letters[0].attributes).toMatchObject({ originalMessageId: expect.any(String), originalQueue: expect.stringContaining(':sqs:') });
    expect(intake.cloud.queue(deadLetters('IntakesQueue'))).toHaveLength(4);
    expect(intake.cloud.queue(intake.resource('AWS::SQS::Queue', /IntakesQueue[0-9A-F]{8}$/))).toEqual([]);
  });

  test('that meets a service which is down leaves its messages in the queue, and they run when it is up again', async () => {
    intake.orders.faults.call('dynamodb', { caller: 'IntakesQueue' }).times(40).failsBeforeEffect('AccessDeniedException');
    await Promise.all(['later-1', 'later-2'].map((id) => intake.send(order(id))));
    await intake.settle();
    expect((await intake.get('later-1')).status).toBe(404);
    intake.orders.faults.clear();

    await intake.orders.clock.advance(91_000);

    expect((await intake.orders.outcome('later-1')).status).toBe('COMPLETED');
    expect((await intake.orders.outcome('later-2')).status).toBe('COMPLETED');
  });

  test('is moved to the dead-letter queue by the queue itself, when it has failed too often', async () => {
    intake.orders.faults.call('dynamodb', { caller: 'IntakesQueue' }).always().failsBeforeEffect('AccessDeniedException');
    await intake.send(order('never'));

    await intake.orders.clock.advance(4 * 91_000);

    expect(intake.cloud.queue(deadLetters('IntakesQueue')).filter((body) => body.includes('never'))).toHaveLength(1);
    expect(intake.cloud.queue(intake.resource('AWS::SQS::Queue', /IntakesQueue[0-9A-F]{8}$/))).toEqual([]);
    intake.orders.faults.clear();
    expect((await intake.get('never')).status).toBe(404);
  });
});

describe('an event on a bus', () => {
  const put = async (detail: unknown, detailType = 'OrderPlaced') => intake.call('events', 'PutEvents', {
    Entries: [{
      EventBusName: intake.resource('AWS::Events::EventBus', /Shops/), Source: 'shop', DetailType: detailType, Detail: JSON.stringify(detail),
    }],
  });

  test('becomes an order, once though it is sent twice; another event does not', async () => {
    await Promise.all([put(order('event-1')), put(order('event-1')), put(order('event-2'), 'OrderShipped')]);
    await intake.settle();

    expect((await intake.orders.outcome('event-1')).status).toBe('COMPLETED');
    expect(intake.executionsOf('event-1')).toBe(1);
    expect((await intake.get('event-2')).status).toBe(404);
    expect(intake.cloud.queue(deadLetters('IntakesEvent'))).toEqual([]);
  });

  test('without an order id gets one', async () => {
    const { orderId: _none, ...anonymous } = order('x') as { orderId: string };
    const before = new Set((await intake.rows()).map(({ orderId }) => orderId));
    await put(anonymous);
    await intake.settle();

    const [row] = (await intake.rows()).filter(({ orderId }) => !before.has(orderId));
    expect((await intake.orders.outcome(String(row.orderId))).status).toBe('COMPLETED');
  });

  test('that is no order goes to the dead-letter queue, with what is wrong', async () => {
    await put({ ...order('event-3'), items: [] });
    await intake.orders.clock.advance(HOUR_MS);

    const [letter, ...more] = intake.cloud.queue(deadLetters('IntakesEvent')).map((body) => JSON.parse(body));
    expect(more).toEqual([]);
    expect(letter).toMatchObject({
      requestPayload: { 'source': 'shop', 'detail-type': 'OrderPlaced', 'detail': { orderId: 'event-3' } },
      responsePayload: { errorType: 'InvalidOrder', errorMessage: expect.stringContaining('items') },
    });
    expect((await intake.get('event-3')).status).toBe(404);
  });

  test('that meets a service which is down is tried again', async () => {
    intake.orders.faults.call('dynamodb', { caller: 'IntakesEvent' }).times(1).failsBeforeEffect('AccessDeniedException');
    await put(order('event-4'));
    await intake.orders.clock.advance(HOUR_MS);

    expect((await intake.orders.outcome('event-4')).status).toBe('COMPLETED');
    expect(intake.executionsOf('event-4')).toBe(1);
  });
});
