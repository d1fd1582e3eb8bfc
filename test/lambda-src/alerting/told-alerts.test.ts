import type { SNSEvent } from 'aws-lambda';
import { alertBackstage } from './alert-backstage';
import { FUNCTION_TIME, WINDOW } from './alert-desk';
import { ALARM, AT, failing, notice } from './notices';
import { answerLost, answers } from '../../support/wire';

const OUTAGE = answers(500, { __type: 'InternalServerError' });
const repaired = failing({ kind: 'order-repaired', step: undefined, error: undefined });

const stage = alertBackstage();

test('one failure is told once, however often the topic repeats it', async () => {
  await stage.desk.tell(failing());
  await stage.desk.tell(failing());
  stage.desk.now += WINDOW - 1;
  await stage.desk.tell(failing({ cause: 'in other words' }));

  expect(stage.receiver.taken).toHaveLength(1);
  expect(stage.logs.map(line => JSON.parse(line).what)).toEqual(['an alert was told', 'an alert was told already', 'an alert was told already']);
});

test('after the window it is told again, although DynamoDB has deleted nothing', async () => {
  await stage.desk.tell(failing());
  stage.desk.now += WINDOW;
  await stage.desk.tell(failing());

  expect(stage.receiver.taken).toHaveLength(2);
  expect(await stage.desk.rows()).toHaveLength(1);
});

test.each([['order', { orderId: 'order-2' }], ['kind', { kind: 'compensation-failed' }], ['step', { step: 'ReserveInventory' }]])(
  'a failure of another %s is another failure', async (_what, fields) => {
    await stage.desk.tell(failing());
    await stage.desk.tell(failing(fields));

    expect(stage.receiver.taken).toHaveLength(2);
  });

test('who was told is kept for each target', async () => {
  await stage.desk.tell(failing(), stage.desk.telling('Slack'));
  await stage.desk.tell(failing(), stage.desk.telling('PagerDuty'));

  expect(stage.receiver.taken).toHaveLength(2);
});

test('each change of an alarm is told, once', async () => {
  const changes = [ALARM, ALARM, { ...ALARM, NewStateValue: 'OK', StateChangeTime: '2030-01-01T00:03:00.000+0000' },
    { ...ALARM, StateChangeTime: '2030-01-01T00:05:00.000+0000' }];
  for (const change of changes) await stage.desk.tell(notice(change), stage.desk.telling('PagerDuty'));

  expect(stage.receiver.taken.map(({ event_action }) => event_action)).toEqual(['trigger', 'resolve', 'trigger']);
  expect(new Set(stage.receiver.taken.map(({ dedup_key }) => dedup_key)).size).toBe(1);
});

test('alarms whose names differ only at their ends are two alarms', async () => {
  for (const end of ['1', '2']) await stage.desk.tell(notice({ ...ALARM, AlarmName: `${'x'.repeat(254)}${end}` }), stage.desk.telling('PagerDuty'));

  expect(new Set(stage.receiver.taken.map(({ dedup_key }) => dedup_key)).size).toBe(2);
});

test('a failure after the repair is news, and so is the next repair', async () => {
  for (const event of [failing(), failing(), repaired, repaired, failing(), repaired]) await stage.desk.tell(event, stage.desk.telling('PagerDuty'));

  expect(stage.receiver.taken.map(({ event_action }) => event_action)).toEqual(['trigger', 'resolve', 'trigger', 'resolve']);
});

describe('what comes after something newer of the same order', () => {
  const LATER = '2030-01-01T00:05:00.000Z';
  const broken = failing({ kind: 'compensation-failed' });
  const mended = failing({ kind: 'order-repaired', step: undefined, error: undefined, version: 6, at: LATER });
  const actions = (): string[] => stage.receiver.taken.map(({ event_action }) => event_action);
  const tell = async (...events: SNSEvent[]): Promise<void> => {
    for (const event of events) await stage.desk.tell(event, stage.desk.telling('PagerDuty'));
  };

  test('is not told: a failure that Lambda tries again once the order was repaired', async () => {
    stage.receiver.moods = Array(8).fill({ status: 503 });
    await expect(tell(broken)).rejects.toThrow('PagerDuty did not take it');
    await expect(tell(broken)).rejects.toThrow('PagerDuty did not take it');
    await tell(mended, broken);

    expect(actions()).toEqual(['resolve']);
    expect(stage.logs.map(line => JSON.parse(line).what)).toContain('an alert was overtaken by a newer one');
  });

  test('is not told days later either, when somebody takes it from the queue', async () => {
    await tell(mended);
    stage.desk.now += 13 * 24 * 60 * 60_000;
    await tell(broken);

    expect(actions()).toEqual(['resolve']);
    expect((await stage.desk.rows())[0].expiresAt * 1_000).toBeGreaterThan(stage.desk.now);
  });

  test('is not told: a failure of an older version that somebody told late', async () => {
    await tell(mended, failing({ kind: 'compensation-failed', at: '2030-01-01T00:05:00.500Z' }));

    expect(actions()).toEqual(['resolve']);
  });

  test('is not told: a repair that Lambda tries again once the order failed anew', async () => {
    await tell(broken);
    stage.receiver.moods = Array(4).fill({ status: 503 });
    await expect(tell(mended)).rejects.toThrow('PagerDuty did not take it');
    await tell(failing({ kind: 'compensation-failed', version: 8, at: '2030-01-01T00:06:00.000Z' }), mended);

    expect(actions()).toEqual(['trigger', 'trigger']);
  });

  test.each([
    ['of a newer version, by a clock that is behind', { version: 7, at: AT }],
    ['at the same time, of the same version', { version: 6, at: LATER }],
    ['at the same time, of no version', { version: undefined, at: LATER }],
    ['later, of no version', { version: undefined, at: '2030-01-01T00:05:00.001Z' }],
    ['later, of a version that is none', { version: '1', at: '2030-01-01T00:05:00.001Z' }],
  ])('is told: a failure %s', async (_when, fields) => {
    await tell(mended, failing(fields));

    expect(actions()).toEqual(['resolve', 'trigger']);
  });

  test('is not told: an alarm whose end was told', async () => {
    const over = { ...ALARM, NewStateValue: 'OK', StateChangeTime: '2030-01-01T00:03:00.000+0000' };
    await tell(notice(over), notice(ALARM), notice({ ...ALARM, StateChangeTime: '2030-01-01T00:03:00.001+0000' }));

    expect(actions()).toEqual(['resolve', 'trigger']);
  });

  test('waits for what is being told: who comes last must not be the older one', async () => {
    let take!: () => void;
    const taken = new Promise<void>(resolve => { take = resolve; });
    const telling = stage.desk.telling('PagerDuty');
    let first!: Promise<void>;
    await new Promise<void>(began => {
      first = stage.desk.tell(broken, { ...telling, send: async (...alert) => { began(); await taken; await telling.send(...alert); } });
    });
    await expect(tell(mended)).rejects.toThrow('the alert or its opposite is being told: try again to see what came of it');
    take();
    await first;
    await tell(mended);

    expect(actions()).toEqual(['trigger', 'resolve']);
  });
});

describe('a crash', () => {
  const forever = new Promise<never>(() => {});

  test('before the alert was told loses nothing: it is told when the turn is over', async () => {
    const began = new Promise<void>(resolve => {
      void stage.desk.tell(failing(), stage.desk.telling('Slack', { send: async () => { resolve(); return forever; } }));
    });
    await began;

    await expect(stage.desk.tell(failing())).rejects.toThrow('the alert or its opposite is being told: try again to see what came of it');
    stage.desk.now += FUNCTION_TIME + 60_000;
    await stage.desk.tell(failing());
    expect(stage.receiver.taken).toHaveLength(1);
  });

  test('leaves a turn that is over before Lambda tries again, a minute after the function ended', async () => {
    const began = new Promise<void>(resolve => {
      void stage.desk.tell(failing(), stage.desk.telling('Slack', { send: async () => { resolve(); return forever; } }));
    });
    await began;

    const [{ until }] = await stage.desk.rows();
    expect(until - stage.desk.now).toBeGreaterThan(FUNCTION_TIME);
    expect(until - stage.desk.now).toBeLessThan(FUNCTION_TIME + 60_000);
  });

  test('of one who comes back late takes no turn from who came after', async () => {
    let goOn!: () => void;
    const late = new Promise<void>(resolve => { goOn = resolve; });
    const began = new Promise<void>(resolve => {
      void stage.desk.tell(failing(), stage.desk.telling('Slack', { send: async () => { resolve(); await late; throw new Error('late'); } })).catch(() => ended());
    });
    let ended!: () => void;
    const end = new Promise<void>(resolve => { ended = resolve; });
    await began;
    stage.desk.now += FUNCTION_TIME * 2;
    await stage.desk.tell(failing());
    goOn();
    await end;
    await stage.desk.tell(failing());

    expect(stage.receiver.taken).toHaveLength(1);
  });
});

test('of many who tell the same at once, one does, and the others see later that it was told', async () => {
  const tries = await Promise.allSettled(Array.from({ length: 6 }, async () => stage.desk.tell(failing())));
  await Promise.all(tries.filter(({ status }) => status === 'rejected').map(async () => stage.desk.tell(failing())));

  expect(stage.receiver.taken).toHaveLength(1);
});

describe('while the table is down', () => {
  test('alerts are told all the same', async () => {
    stage.desk.wire.next('UpdateItem', OUTAGE, OUTAGE);
    await stage.desk.tell(failing());

    expect(stage.receiver.taken).toHaveLength(1);
    expect(JSON.parse(stage.logs[0])).toMatchObject({ what: 'what was told is not known', error: 'ServiceUnavailable' });
  });

  test('an alert is told although what was told before cannot be read', async () => {
    stage.desk.wire.next('Query', OUTAGE);
    await stage.desk.tell(failing());
    await stage.desk.tell(failing());

    expect(stage.receiver.taken).toHaveLength(1);
    expect(stage.logs.map(line => JSON.parse(line).what)).toEqual(['what was told is not known', 'an alert was told', 'an alert was told already']);
  });

  test('an alert that was told is not told again for that', async () => {
    stage.desk.wire.next('Query', deliver => deliver(), OUTAGE);
    await stage.desk.tell(failing());

    expect(stage.receiver.taken).toHaveLength(1);
    expect(JSON.parse(stage.logs[0])).toMatchObject({ what: 'an alert was told but not kept as told' });
  });

  test('an alert that was not told is tried again or parked all the same', async () => {
    stage.receiver.moods = [{ status: 400 }];
    stage.desk.wire.next('UpdateItem', deliver => deliver(), OUTAGE);
    await stage.desk.tell(failing());

    expect(stage.services.parked).toHaveLength(1);
  });
});

test('a turn whose answer was lost is told, and kept as told', async () => {
  stage.desk.wire.next('UpdateItem', answerLost);
  await stage.desk.tell(failing());
  await stage.desk.tell(failing());

  expect(stage.receiver.taken).toHaveLength(1);
  expect(stage.logs.map(line => JSON.parse(line).what)).toEqual(['what was told is not known', 'an alert was told', 'an alert was told already']);
});

test('what is kept holds nothing of the order, and is deleted in the end', async () => {
  await stage.desk.tell(failing());

  const [row] = await stage.desk.rows();
  expect(Object.keys(row).sort()).toEqual(['about', 'claim', 'expiresAt', 'moment', 'told', 'until', 'what']);
  expect(JSON.stringify(row)).not.toContain('order-1');
  expect(row.expiresAt * 1_000).toBeGreaterThan(stage.desk.now + WINDOW);
});
