import { AlertsFixture, HOSTILE, ROUTING_KEY, WEBHOOK_PATH } from './alerts-fixture';

let alerts: AlertsFixture;

beforeAll(async () => { alerts = await AlertsFixture.open(); });
beforeEach(() => alerts.receiver.reset());
afterEach(() => alerts.orders.faults.clear());
afterAll(() => alerts?.close());

test('a failure that the graph caught is told once to everybody who listens to failures or to this step', async () => {
  expect(await alerts.process('failed', 'bob')).toBe('FAILED');

  expect(alerts.heard('failed')).toEqual({ slack: 1, https: 1, archive: 1, fraudQueue: 1 });
  expect(alerts.orders.sent.alerts.map(({ attributes }) => attributes)).toMatchObject([{ kind: 'order-failed', step: 'CheckFraud', error: 'Error' }]);
});

test('a failed compensation is told once to everybody who listens to such, whatever the step of the rejection was', async () => {
  alerts.orders.faults.state('Undo ReserveInventory').always().failsBeforeEffect();
  expect(await alerts.process('not-undone', 'eve')).toBe('NEEDS_ATTENTION');

  expect(alerts.heard('not-undone')).toEqual({ slack: 1, pagerDuty: 1, archive: 1 });
  expect(alerts.receiver.accepted).toContainEqual(expect.objectContaining({ event_action: 'trigger', dedup_key: 'Shop/Orders:not-undone' }));
});

test('an order that was repaired is told once to everybody who heard of its failure, and PagerDuty closes the incident that it has', async () => {
  alerts.orders.faults.state('Undo ReserveInventory').always().failsBeforeEffect();
  await alerts.process('repaired', 'eve');
  alerts.orders.faults.clear();
  alerts.receiver.reset();

  await alerts.orders.invoke('RepairOrder', { orderId: 'repaired', action: 'retry' });
  await alerts.orders.clock.advance(60_000);

  expect(alerts.heard('repaired')).toMatchObject({ slack: 1, pagerDuty: 1 });
  expect(alerts.receiver.accepted).toContainEqual(expect.objectContaining({ event_action: 'resolve', dedup_key: 'Shop/Orders:repaired' }));
});

test('an execution that died is told once to everybody who listens to all, or to the step that it had come to', async () => {
  alerts.orders.stopAfter('killed', 'ReserveInventory accepted?');
  await alerts.process('killed', 'ann');
  await alerts.orders.settled('killed');
  await alerts.orders.clock.advance(60_000);

  expect(alerts.heard('killed')).toEqual({ slack: 1, archive: 1, fraudQueue: 1 });
});

test('a failed closing step is told once to everybody who listens to such, and the order stays completed', async () => {
  alerts.orders.faults.call('sqs:SendMessage', { resource: 'Shipping' }).always().failsBeforeEffect('QueueDoesNotExist');
  expect(await alerts.process('not-shipped', 'ann')).toBe('COMPLETED');

  expect(alerts.heard('not-shipped')).toEqual({ slack: 1, archive: 1, function: 1 });
});

test('an alarm of a dead-letter queue is told once to everybody who listens to alarms, or to a step alone', async () => {
  await alerts.raiseAlarm('Shop-OrdersDeadLetters');

  expect(alerts.heard('Shop-OrdersDeadLetters')).toEqual({ slack: 1, mail: 1, archive: 1, fraudQueue: 1 });
});

test('a rejection and an order that is completed are told to nobody', async () => {
  expect(await alerts.process('rejected', 'eve')).toBe('SUSPICIOUS');
  expect(await alerts.process('completed', 'ann')).toBe('COMPLETED');

  expect([alerts.heard('rejected'), alerts.heard('completed')]).toEqual([{}, {}]);
});

test('what a function says when it breaks harms no receiver, and stands in no log of those who tell', async () => {
  const logged = alerts.logs.length;
  await alerts.process('hostile', 'bob');

  const [{ text, blocks }] = alerts.receiver.accepted;
  expect(text).toBe('Order hostile failed at CheckFraud');
  const texts = blocks.flatMap(({ text: one, fields = [], elements = [] }: any) => [...one ? [one] : [], ...fields, ...elements]);
  expect(texts).toContainEqual({
    type: 'plain_text', emoji: false, text: expect.stringMatching(/^<!channel> \*bold\* `code` <https:\/\/evil\.example\.com\|Execution> x{500,}$/),
  });
  expect(texts.filter(({ type }: any) => type === 'mrkdwn').map((one: any) => one.text).join()).not.toMatch(/channel|evil|bold/);
  expect(alerts.heard('hostile')).toEqual({ slack: 1, https: 1, archive: 1, fraudQueue: 1 });
  expect(alerts.logs.slice(logged).filter((line) => line.includes(HOSTILE.slice(0, 10)))).toEqual([]);
});

test('what a receiver refuses is parked in its queue, and everybody else is told', async () => {
  alerts.receiver.nextResponses = [{ status: 404 }];
  await alerts.process('refused', 'bob');

  expect(alerts.heard('refused')).toEqual({ https: 1, archive: 1, fraudQueue: 1 });
  const [parked, ...more] = alerts.parkedFor('Slack').map((body) => JSON.parse(body));
  expect(more).toEqual([]);
  expect(parked).toMatchObject({ responsePayload: { errorMessage: 'Slack answered 404: a retry would not help' } });
  expect(JSON.stringify(parked.requestPayload)).toContain('refused');
});

test.each([429, 503])('what Slack answers with %i, and a time, it is told again then', async (status) => {
  alerts.receiver.nextResponses = [{ status, headers: { 'retry-after': '0.01' } }];
  await alerts.process(`busy-${status}`, 'bob');

  expect([alerts.receiver.requests, alerts.heard(`busy-${status}`).slack, alerts.parkedFor('Slack').length]).toEqual([2, 1, 1]);
});

test('no secret stands in a log, in what was sent or in what was parked', () => {
  const queues = ['Slack', 'PagerDuty'].flatMap((target) => alerts.parkedFor(target));
  const told = [alerts.logs, queues, alerts.orders.sent.alerts, alerts.cloud.outbox.messages, alerts.orders.sent.messages('Archive')];

  expect(alerts.logs.join()).toContain('an alert was sent');
  expect(JSON.stringify(told)).not.toMatch(new RegExp(`${WEBHOOK_PATH}|${ROUTING_KEY}`));
});
