import type { SNSEvent } from 'aws-lambda';
import { alertFixture } from './alert-fixture';
import { FUNCTION_TIMEOUT, REPEAT_WINDOW } from './delivery-fixture';
import { ALARM, AT, failureEvent, snsEvent } from './sns-events';
import { responseLost, answers } from '../../support/request-faults';

const OUTAGE = answers(500, { __type: 'InternalServerError' });
const SENT = 'an alert was sent';
const DUPLICATE = 'an alert was skipped: it was sent before';
const SUPERSEDED = 'an alert was skipped: a newer one superseded it';
const TABLE_DOWN = 'the table of sent alerts was not read';
const repaired = failureEvent({ kind: 'order-repaired', step: undefined, error: undefined });

const fixture = alertFixture();
const logged = (): string[] => fixture.logs.map(line => JSON.parse(line).what);

test('a failure that SNS delivers several times is sent once', async () => {
  await fixture.delivery.deliver(failureEvent());
  await fixture.delivery.deliver(failureEvent());
  fixture.delivery.now += REPEAT_WINDOW - 1;
  await fixture.delivery.deliver(failureEvent({ cause: 'another text' }));

  expect(fixture.receiver.accepted).toHaveLength(1);
  expect(logged()).toEqual([SENT, DUPLICATE, DUPLICATE]);
});

test('a failure that repeats after the window is sent again, although DynamoDB has deleted nothing', async () => {
  await fixture.delivery.deliver(failureEvent());
  fixture.delivery.now += REPEAT_WINDOW;
  await fixture.delivery.deliver(failureEvent());

  expect(fixture.receiver.accepted).toHaveLength(2);
  expect(await fixture.delivery.rows()).toHaveLength(1);
});

test.each([['order', { orderId: 'order-2' }], ['kind', { kind: 'compensation-failed' }], ['step', { step: 'ReserveInventory' }]])(
  'a failure of another %s is another failure', async (_what, fields) => {
    await fixture.delivery.deliver(failureEvent());
    await fixture.delivery.deliver(failureEvent(fields));

    expect(fixture.receiver.accepted).toHaveLength(2);
  });

test('each target is sent the failure', async () => {
  await fixture.delivery.deliver(failureEvent(), fixture.delivery.to('Slack'));
  await fixture.delivery.deliver(failureEvent(), fixture.delivery.to('PagerDuty'));

  expect(fixture.receiver.accepted).toHaveLength(2);
});

test('each change of an alarm is sent once', async () => {
  const changes = [ALARM, ALARM, { ...ALARM, NewStateValue: 'OK', StateChangeTime: '2030-01-01T00:03:00.000+0000' },
    { ...ALARM, StateChangeTime: '2030-01-01T00:05:00.000+0000' }];
  for (const change of changes) await fixture.delivery.deliver(snsEvent(change), fixture.delivery.to('PagerDuty'));

  expect(fixture.receiver.accepted.map(({ event_action }) => event_action)).toEqual(['trigger', 'resolve', 'trigger']);
  expect(new Set(fixture.receiver.accepted.map(({ dedup_key }) => dedup_key)).size).toBe(1);
});

test('alarms whose names differ at the end only are two alarms', async () => {
  for (const end of ['1', '2']) await fixture.delivery.deliver(snsEvent({ ...ALARM, AlarmName: `${'x'.repeat(254)}${end}` }), fixture.delivery.to('PagerDuty'));

  expect(new Set(fixture.receiver.accepted.map(({ dedup_key }) => dedup_key)).size).toBe(2);
});

test('a failure after the repair is sent, and so is the next repair', async () => {
  for (const event of [failureEvent(), failureEvent(), repaired, repaired, failureEvent(), repaired]) {
    await fixture.delivery.deliver(event, fixture.delivery.to('PagerDuty'));
  }

  expect(fixture.receiver.accepted.map(({ event_action }) => event_action)).toEqual(['trigger', 'resolve', 'trigger', 'resolve']);
});

describe('an alert that arrives after a newer one of the same order', () => {
  const LATER = '2030-01-01T00:05:00.000Z';
  const failed = failureEvent({ kind: 'compensation-failed' });
  const repairedLater = failureEvent({ kind: 'order-repaired', step: undefined, error: undefined, version: 6, at: LATER });
  const actions = (): string[] => fixture.receiver.accepted.map(({ event_action }) => event_action);
  const deliver = async (...events: SNSEvent[]): Promise<void> => {
    for (const event of events) await fixture.delivery.deliver(event, fixture.delivery.to('PagerDuty'));
  };

  test('is skipped: a failure that Lambda retries after the order was repaired', async () => {
    fixture.receiver.nextResponses = Array(8).fill({ status: 503 });
    await expect(deliver(failed)).rejects.toThrow('PagerDuty did not accept the alert');
    await expect(deliver(failed)).rejects.toThrow('PagerDuty did not accept the alert');
    await deliver(repairedLater, failed);

    expect(actions()).toEqual(['resolve']);
    expect(logged()).toContain(SUPERSEDED);
  });

  test('is skipped days later too, when an operator redrives it from the queue', async () => {
    await deliver(repairedLater);
    fixture.delivery.now += 13 * 24 * 60 * 60_000;
    await deliver(failed);

    expect(actions()).toEqual(['resolve']);
    expect((await fixture.delivery.rows())[0].expiresAt * 1_000).toBeGreaterThan(fixture.delivery.now);
  });

  test('is skipped: a failure of an older version that was published late', async () => {
    await deliver(repairedLater, failureEvent({ kind: 'compensation-failed', at: '2030-01-01T00:05:00.500Z' }));

    expect(actions()).toEqual(['resolve']);
  });

  test('is skipped: a repair that Lambda retries after the order failed again', async () => {
    await deliver(failed);
    fixture.receiver.nextResponses = Array(4).fill({ status: 503 });
    await expect(deliver(repairedLater)).rejects.toThrow('PagerDuty did not accept the alert');
    await deliver(failureEvent({ kind: 'compensation-failed', version: 8, at: '2030-01-01T00:06:00.000Z' }), repairedLater);

    expect(actions()).toEqual(['trigger', 'trigger']);
  });

  test.each([
    ['of a newer version, by a clock that is behind', { version: 7, at: AT }],
    ['at the same time, of the same version', { version: 6, at: LATER }],
    ['at the same time, of no version', { version: undefined, at: LATER }],
    ['later, of no version', { version: undefined, at: '2030-01-01T00:05:00.001Z' }],
    ['later, of a version that is no number', { version: '1', at: '2030-01-01T00:05:00.001Z' }],
  ])('is sent: a failure %s', async (_when, fields) => {
    await deliver(repairedLater, failureEvent(fields));

    expect(actions()).toEqual(['resolve', 'trigger']);
  });

  test('is skipped: an alarm whose OK was sent', async () => {
    const ok = { ...ALARM, NewStateValue: 'OK', StateChangeTime: '2030-01-01T00:03:00.000+0000' };
    await deliver(snsEvent(ok), snsEvent(ALARM), snsEvent({ ...ALARM, StateChangeTime: '2030-01-01T00:03:00.001+0000' }));

    expect(actions()).toEqual(['resolve', 'trigger']);
  });

  test('waits while its opposite is being sent, so that the older one does not arrive last', async () => {
    let accept!: () => void;
    const accepted = new Promise<void>(resolve => { accept = resolve; });
    const delivery = fixture.delivery.to('PagerDuty');
    let first!: Promise<void>;
    await new Promise<void>(began => {
      const send: typeof delivery.send = async (...alert) => { began(); await accepted; await delivery.send(...alert); };
      first = fixture.delivery.deliver(failed, { ...delivery, send });
    });
    await expect(deliver(repairedLater)).rejects.toThrow('this alert, or its opposite, is being sent: try again later');
    accept();
    await first;
    await deliver(repairedLater);

    expect(actions()).toEqual(['trigger', 'resolve']);
  });
});

describe('an invocation that crashes', () => {
  const never = new Promise<never>(() => {});
  const crash = async (): Promise<void> => new Promise<void>(resolve => {
    void fixture.delivery.deliver(failureEvent(), fixture.delivery.to('Slack', { send: async () => { resolve(); return never; } }));
  });

  test('before it sent the alert loses nothing: the alert is sent when the claim has expired', async () => {
    await crash();

    await expect(fixture.delivery.deliver(failureEvent())).rejects.toThrow('this alert, or its opposite, is being sent: try again later');
    fixture.delivery.now += FUNCTION_TIMEOUT + 60_000;
    await fixture.delivery.deliver(failureEvent());
    expect(fixture.receiver.accepted).toHaveLength(1);
  });

  test('leaves a claim that expires before Lambda retries, a minute after the function ended', async () => {
    await crash();

    const [{ until }] = await fixture.delivery.rows();
    expect(until - fixture.delivery.now).toBeGreaterThan(FUNCTION_TIMEOUT);
    expect(until - fixture.delivery.now).toBeLessThan(FUNCTION_TIMEOUT + 60_000);
  });
});

test('an invocation whose claim has expired does not release the claim of the next one', async () => {
  let resume!: () => void;
  const resumed = new Promise<void>(resolve => { resume = resolve; });
  let end!: () => void;
  const ended = new Promise<void>(resolve => { end = resolve; });
  await new Promise<void>(began => {
    const send = async (): Promise<never> => { began(); await resumed; throw new Error('late'); };
    void fixture.delivery.deliver(failureEvent(), fixture.delivery.to('Slack', { send })).catch(() => end());
  });
  fixture.delivery.now += FUNCTION_TIMEOUT * 2;
  await fixture.delivery.deliver(failureEvent());
  resume();
  await ended;
  await fixture.delivery.deliver(failureEvent());

  expect(fixture.receiver.accepted).toHaveLength(1);
});

test('of many invocations at once one sends the alert, and the others find it sent when Lambda retries them', async () => {
  const attempts = await Promise.allSettled(Array.from({ length: 6 }, async () => fixture.delivery.deliver(failureEvent())));
  await Promise.all(attempts.filter(({ status }) => status === 'rejected').map(async () => fixture.delivery.deliver(failureEvent())));

  expect(fixture.receiver.accepted).toHaveLength(1);
});

describe('while the table is unavailable', () => {
  test('an alert is sent', async () => {
    fixture.delivery.requests.next('UpdateItem', OUTAGE, OUTAGE);
    await fixture.delivery.deliver(failureEvent());

    expect(fixture.receiver.accepted).toHaveLength(1);
    expect(JSON.parse(fixture.logs[0])).toMatchObject({ what: TABLE_DOWN, error: 'ServiceUnavailable' });
  });

  test('an alert is sent although its opposites cannot be read', async () => {
    fixture.delivery.requests.next('Query', OUTAGE);
    await fixture.delivery.deliver(failureEvent());
    await fixture.delivery.deliver(failureEvent());

    expect(fixture.receiver.accepted).toHaveLength(1);
    expect(logged()).toEqual([TABLE_DOWN, SENT, DUPLICATE]);
  });

  test('an alert that was sent is not retried because that could not be recorded', async () => {
    fixture.delivery.requests.next('Query', deliver => deliver(), OUTAGE);
    await fixture.delivery.deliver(failureEvent());

    expect(fixture.receiver.accepted).toHaveLength(1);
    expect(JSON.parse(fixture.logs[0])).toMatchObject({ what: 'an alert was sent but not recorded as sent' });
  });

  test('an alert that was refused still goes to the dead-letter queue', async () => {
    fixture.receiver.nextResponses = [{ status: 400 }];
    fixture.delivery.requests.next('UpdateItem', deliver => deliver(), OUTAGE);
    await fixture.delivery.deliver(failureEvent());

    expect(fixture.services.queued).toHaveLength(1);
  });
});

test('an alert whose claim was written, but not answered, is sent and recorded as sent', async () => {
  fixture.delivery.requests.next('UpdateItem', responseLost);
  await fixture.delivery.deliver(failureEvent());
  await fixture.delivery.deliver(failureEvent());

  expect(fixture.receiver.accepted).toHaveLength(1);
  expect(logged()).toEqual([TABLE_DOWN, SENT, DUPLICATE]);
});

test('an item of the table holds no data of the order, and expires after the window', async () => {
  await fixture.delivery.deliver(failureEvent());

  const [row] = await fixture.delivery.rows();
  expect(Object.keys(row).sort()).toEqual(['alertHash', 'claimId', 'expiresAt', 'isSent', 'occurrence', 'subjectHash', 'until']);
  expect(JSON.stringify(row)).not.toContain('order-1');
  expect(row.expiresAt * 1_000).toBeGreaterThan(fixture.delivery.now + REPEAT_WINDOW);
});
