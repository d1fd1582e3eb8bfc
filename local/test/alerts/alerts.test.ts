import { AlertsFixture, HOSTILE, ROUTING_KEY, WEBHOOK_PATH } from './alerts-fixture';

let alerts: AlertsFixture;

beforeAll(async () => { alerts = await AlertsFixture.open(); });
beforeEach(() => alerts.receiver.reset());
afterEach(() => alerts.orders.faults.clear());
afterAll(() => alerts?.close());

test('a failure that the state machine caught is sent once to every target of failures or of this step', async () => {
  expect(await alerts.process('failed', 'bob')).toBe('FAILED');

  expect(alerts.received('failed')).toEqual({ slack: 1, https: 1, archive: 1, fraudQueue: 1 });
  expect(alerts.orders.sent.alerts.map(({ attributes }) => attributes)).toMatchObject([{ kind: 'order-failed', step: 'CheckFraud', error: 'Error' }]);
});

test('a failed compensation is sent once to every target of that kind, whatever step rejected the order', async () => {
  alerts.orders.faults.state('Undo ReserveInventory').always().failsBeforeEffect();
  expect(await alerts.process('not-undone', 'eve')).toBe('NEEDS_ATTENTION');

  expect(alerts.received('not-undone')).toEqual({ slack: 1, pagerDuty: 1, archive: 1 });
  expect(alerts.receiver.accepted).toContainEqual(expect.objectContaining({ event_action: 'trigger', dedup_key: 'Shop/Orders:not-undone' }));
});

test('an order that was repaired is sent once to every target that got its failure, and PagerDuty resolves the incident', async () => {
  alerts.orders.faults.state('Undo ReserveInventory').always().failsBeforeEffect();
  await alerts.process('repaired', 'eve');
  alerts.orders.faults.clear();
  alerts.receiver.reset();

  await alerts.orders.invoke('RepairOrder', { orderId: 'repaired', action: 'retry' });
  await alerts.orders.clock.advance(60_000);

  expect(alerts.received('repaired')).toMatchObject({ slack: 1, pagerDuty: 1 });
  expect(alerts.receiver.accepted).toContainEqual(expect.objectContaining({ event_action: 'resolve', dedup_key: 'Shop/Orders:repaired' }));
});

test('an interrupted execution is sent once to every target of all kinds, or of the step that it had reached', async () => {
  alerts.orders.stopAfter('interrupted', 'ReserveInventory accepted?');
  await alerts.process('interrupted', 'ann');
  await alerts.orders.settled('interrupted');
  await alerts.orders.clock.advance(60_000);

  expect(alerts.received('interrupted')).toEqual({ slack: 1, archive: 1, fraudQueue: 1 });
});

test('a failed closing step is sent once to every target of that kind, and the order stays completed', async () => {
  alerts.orders.faults.call('sqs:SendMessage', { resource: 'Shipping' }).always().failsBeforeEffect('QueueDoesNotExist');
  expect(await alerts.process('not-shipped', 'ann')).toBe('COMPLETED');

  expect(alerts.received('not-shipped')).toEqual({ slack: 1, archive: 1, function: 1 });
});

test('an alarm of a dead-letter queue is sent once to every target of alarms, or of a step alone', async () => {
  const alarm = await alerts.raiseAlarm();

  expect(alerts.received(alarm)).toEqual({ slack: 1, mail: 1, archive: 1, fraudQueue: 1 });
});

test('a rejection and a completed order are sent to no target', async () => {
  expect(await alerts.process('rejected', 'eve')).toBe('SUSPICIOUS');
  expect(await alerts.process('completed', 'ann')).toBe('COMPLETED');

  expect([alerts.received('rejected'), alerts.received('completed')]).toEqual([{}, {}]);
});

test('the error message of a function harms no receiver, and is in no log of the functions that send alerts', async () => {
  const logged = alerts.logs.length;
  await alerts.process('hostile', 'bob');

  const [{ text, blocks }] = alerts.receiver.accepted;
  expect(text).toBe('Order hostile failed at CheckFraud');
  const texts = blocks.flatMap(({ text: one, fields = [], elements = [] }: any) => [...one ? [one] : [], ...fields, ...elements]);
  expect(texts).toContainEqual({
    type: 'plain_text', emoji: false, text: expect.stringMatching(/^<!channel> \*bold\* `code` <https:\/\/evil\.example\.com\|Execution> x{500,}$/),
  });
  expect(texts.filter(({ type }: any) => type === 'mrkdwn').map((one: any) => one.text).join()).not.toMatch(/channel|evil|bold/);
  expect(alerts.received('hostile')).toEqual({ slack: 1, https: 1, archive: 1, fraudQueue: 1 });
  expect(alerts.logs.slice(logged).filter((line) => line.includes(HOSTILE.slice(0, 10)))).toEqual([]);
});

test('what a receiver rejects goes to its dead-letter queue, and every other target gets the alert', async () => {
  alerts.receiver.nextResponses = [{ status: 404 }];
  await alerts.process('refused', 'bob');

  expect(alerts.received('refused')).toEqual({ https: 1, archive: 1, fraudQueue: 1 });
  const [deadLetter, ...more] = alerts.deadLettersOf('Slack').map((body) => JSON.parse(body));
  expect(more).toEqual([]);
  expect(deadLetter).toMatchObject({ responsePayload: { errorMessage: 'Slack answered 404: a retry would not help' } });
  expect(JSON.stringify(deadLetter.requestPayload)).toContain('refused');
});

test.each([429, 503])('an alert to which Slack responds with %i and a time is sent again then', async (status) => {
  alerts.receiver.nextResponses = [{ status, headers: { 'retry-after': '0.01' } }];
  await alerts.process(`busy-${status}`, 'bob');

  expect([alerts.receiver.requests, alerts.received(`busy-${status}`).slack, alerts.deadLettersOf('Slack').length]).toEqual([2, 1, 1]);
});

test('no secret is in a log, in what was sent or in a dead-letter queue', () => {
  const queues = ['Slack', 'PagerDuty'].flatMap((target) => alerts.deadLettersOf(target));
  const texts = [alerts.logs, queues, alerts.orders.sent.alerts, alerts.cloud.outbox.messages, alerts.orders.sent.messages('Archive')];

  expect(alerts.logs.join()).toContain('an alert was sent');
  expect(JSON.stringify(texts)).not.toMatch(new RegExp(`${WEBHOOK_PATH}|${ROUTING_KEY}`));
});
