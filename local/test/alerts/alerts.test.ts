import { AlertDesk, HOSTILE, ROUTING_KEY, WEBHOOK_PATH } from './an-alert-desk';

let desk: AlertDesk;

beforeAll(async () => { desk = await AlertDesk.open(); });
beforeEach(() => desk.receiver.reset());
afterEach(() => desk.orders.faults.clear());
afterAll(() => desk?.close());

test('a failure that the graph caught is told once to everybody who listens to failures or to this step', async () => {
  expect(await desk.process('failed', 'bob')).toBe('FAILED');

  expect(desk.heard('failed')).toEqual({ slack: 1, https: 1, archive: 1, fraudQueue: 1 });
  expect(desk.orders.sent.alerts.map(({ attributes }) => attributes)).toMatchObject([{ kind: 'order-failed', step: 'CheckFraud', error: 'Error' }]);
});

test('a failed compensation is told once to everybody who listens to such, whatever the step of the rejection was', async () => {
  desk.orders.faults.state('Undo ReserveInventory').always().failsBeforeEffect();
  expect(await desk.process('not-undone', 'eve')).toBe('NEEDS_ATTENTION');

  expect(desk.heard('not-undone')).toEqual({ slack: 1, pagerDuty: 1, archive: 1 });
  expect(desk.receiver.accepted).toContainEqual(expect.objectContaining({ event_action: 'trigger', dedup_key: 'Shop/Orders:not-undone' }));
});

test('an order that was repaired is told once to everybody who heard of its failure, and PagerDuty closes the incident that it has', async () => {
  desk.orders.faults.state('Undo ReserveInventory').always().failsBeforeEffect();
  await desk.process('repaired', 'eve');
  desk.orders.faults.clear();
  desk.receiver.reset();

  await desk.orders.invoke('RepairOrder', { orderId: 'repaired', action: 'retry' });
  await desk.orders.clock.advance(60_000);

  expect(desk.heard('repaired')).toMatchObject({ slack: 1, pagerDuty: 1 });
  expect(desk.receiver.accepted).toContainEqual(expect.objectContaining({ event_action: 'resolve', dedup_key: 'Shop/Orders:repaired' }));
});

test('an execution that died is told once to everybody who listens to all, or to the step that it had come to', async () => {
  desk.orders.stopAfter('killed', 'ReserveInventory accepted?');
  await desk.process('killed', 'ann');
  await desk.orders.settled('killed');
  await desk.orders.clock.advance(60_000);

  expect(desk.heard('killed')).toEqual({ slack: 1, archive: 1, fraudQueue: 1 });
});

test('a failed closing step is told once to everybody who listens to such, and the order stays completed', async () => {
  desk.orders.faults.call('sqs:SendMessage', { resource: 'Shipping' }).always().failsBeforeEffect('QueueDoesNotExist');
  expect(await desk.process('not-shipped', 'ann')).toBe('COMPLETED');

  expect(desk.heard('not-shipped')).toEqual({ slack: 1, archive: 1, function: 1 });
});

test('an alarm of a dead-letter queue is told once to everybody who listens to alarms, or to a step alone', async () => {
  await desk.raiseAlarm('Shop-OrdersDeadLetters');

  expect(desk.heard('Shop-OrdersDeadLetters')).toEqual({ slack: 1, mail: 1, archive: 1, fraudQueue: 1 });
});

test('a rejection and an order that is completed are told to nobody', async () => {
  expect(await desk.process('rejected', 'eve')).toBe('SUSPICIOUS');
  expect(await desk.process('completed', 'ann')).toBe('COMPLETED');

  expect([desk.heard('rejected'), desk.heard('completed')]).toEqual([{}, {}]);
});

test('what a function says when it breaks harms no receiver, and stands in no log of those who tell', async () => {
  const logged = desk.logs.length;
  await desk.process('hostile', 'bob');

  const [{ text, blocks }] = desk.receiver.accepted;
  expect(text).toBe('Order hostile failed at CheckFraud');
  const texts = blocks.flatMap(({ text: one, fields = [], elements = [] }: any) => [...one ? [one] : [], ...fields, ...elements]);
  expect(texts).toContainEqual({
    type: 'plain_text', emoji: false, text: expect.stringMatching(/^<!channel> \*bold\* `code` <https:\/\/evil\.example\.com\|Execution> x{500,}$/),
  });
  expect(texts.filter(({ type }: any) => type === 'mrkdwn').map((one: any) => one.text).join()).not.toMatch(/channel|evil|bold/);
  expect(desk.heard('hostile')).toEqual({ slack: 1, https: 1, archive: 1, fraudQueue: 1 });
  expect(desk.logs.slice(logged).filter((line) => line.includes(HOSTILE.slice(0, 10)))).toEqual([]);
});

test('what a receiver refuses is parked in its queue, and everybody else is told', async () => {
  desk.receiver.nextResponses = [{ status: 404 }];
  await desk.process('refused', 'bob');

  expect(desk.heard('refused')).toEqual({ https: 1, archive: 1, fraudQueue: 1 });
  const [parked, ...more] = desk.parkedFor('Slack').map((body) => JSON.parse(body));
  expect(more).toEqual([]);
  expect(parked).toMatchObject({ responsePayload: { errorMessage: 'Slack answered 404: a retry would not help' } });
  expect(JSON.stringify(parked.requestPayload)).toContain('refused');
});

test.each([429, 503])('what Slack answers with %i, and a time, it is told again then', async (status) => {
  desk.receiver.nextResponses = [{ status, headers: { 'retry-after': '0.01' } }];
  await desk.process(`busy-${status}`, 'bob');

  expect([desk.receiver.requests, desk.heard(`busy-${status}`).slack, desk.parkedFor('Slack').length]).toEqual([2, 1, 1]);
});

test('no secret stands in a log, in what was sent or in what was parked', () => {
  const queues = ['Slack', 'PagerDuty'].flatMap((target) => desk.parkedFor(target));
  const told = [desk.logs, queues, desk.orders.sent.alerts, desk.cloud.outbox.messages, desk.orders.sent.messages('Archive')];

  expect(desk.logs.join()).toContain('an alert was sent');
  expect(JSON.stringify(told)).not.toMatch(new RegExp(`${WEBHOOK_PATH}|${ROUTING_KEY}`));
});
