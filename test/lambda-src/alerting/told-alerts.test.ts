import { AlertDesk, FUNCTION_TIME, WINDOW } from './alert-desk';
import { ALARM, failing, notice } from './notices';
import { Receiver } from './receiver';
import { AwsServices } from '../../support/aws-services';
import { Engine, startEngine } from '../../support/dynoxide';
import { readLogs } from '../../support/logs';
import { answerLost, answers } from '../../support/wire';

const OUTAGE = answers(500, { __type: 'InternalServerError' });
const repaired = failing({ kind: 'order-repaired', step: undefined, error: undefined });

let engine: Engine;
let services: AwsServices;
let receiver: Receiver;
let desk: AlertDesk;
let logs: string[];
const environment = { ...process.env };
beforeAll(async () => { [engine, services, receiver] = await Promise.all([startEngine(), AwsServices.start(), Receiver.open()]); });
afterAll(async () => Promise.all([engine.stop(), services.stop(), receiver.close()]));
beforeEach(async () => {
  desk = await AlertDesk.open(engine, services, receiver);
  logs = readLogs('INFO', 'ERROR');
});
afterEach(() => {
  process.env = { ...environment };
  jest.restoreAllMocks();
});

test('one failure is told once, however often the topic repeats it', async () => {
  await desk.tell(failing());
  await desk.tell(failing());
  desk.now += WINDOW - 1;
  await desk.tell(failing({ cause: 'in other words' }));

  expect(receiver.taken).toHaveLength(1);
  expect(logs.map(line => JSON.parse(line).what)).toEqual(['an alert was told', 'an alert was told already', 'an alert was told already']);
});

test('after the window it is told again, although DynamoDB has deleted nothing', async () => {
  await desk.tell(failing());
  desk.now += WINDOW;
  await desk.tell(failing());

  expect(receiver.taken).toHaveLength(2);
  expect(await desk.rows()).toHaveLength(1);
});

test.each([['order', { orderId: 'order-2' }], ['kind', { kind: 'compensation-failed' }], ['step', { step: 'ReserveInventory' }]])(
  'a failure of another %s is another failure', async (_what, fields) => {
    await desk.tell(failing());
    await desk.tell(failing(fields));

    expect(receiver.taken).toHaveLength(2);
  });

test('who was told is kept for each target', async () => {
  await desk.tell(failing(), desk.telling('Slack'));
  await desk.tell(failing(), desk.telling('PagerDuty'));

  expect(receiver.taken).toHaveLength(2);
});

test('each change of an alarm is told, once', async () => {
  const changes = [ALARM, ALARM, { ...ALARM, NewStateValue: 'OK', StateChangeTime: '2030-01-01T00:03:00.000+0000' },
    { ...ALARM, StateChangeTime: '2030-01-01T00:05:00.000+0000' }];
  for (const change of changes) await desk.tell(notice(change), desk.telling('PagerDuty'));

  expect(receiver.taken.map(({ event_action }) => event_action)).toEqual(['trigger', 'resolve', 'trigger']);
  expect(new Set(receiver.taken.map(({ dedup_key }) => dedup_key)).size).toBe(1);
});

test('a failure after the repair is news, and so is the next repair', async () => {
  for (const event of [failing(), failing(), repaired, repaired, failing(), repaired]) await desk.tell(event, desk.telling('PagerDuty'));

  expect(receiver.taken.map(({ event_action }) => event_action)).toEqual(['trigger', 'resolve', 'trigger', 'resolve']);
});

describe('a crash', () => {
  const forever = new Promise<never>(() => {});

  test('before the alert was told loses nothing: it is told when the turn is over', async () => {
    const began = new Promise<void>(resolve => {
      void desk.tell(failing(), desk.telling('Slack', { send: async () => { resolve(); return forever; } }));
    });
    await began;

    await expect(desk.tell(failing())).rejects.toThrow('the same alert is being told: try again to see whether it was');
    desk.now += FUNCTION_TIME + 60_000;
    await desk.tell(failing());
    expect(receiver.taken).toHaveLength(1);
  });

  test('leaves a turn that is over before Lambda tries again, a minute after the function ended', async () => {
    const began = new Promise<void>(resolve => {
      void desk.tell(failing(), desk.telling('Slack', { send: async () => { resolve(); return forever; } }));
    });
    await began;

    const [{ until }] = await desk.rows();
    expect(until - desk.now).toBeGreaterThan(FUNCTION_TIME);
    expect(until - desk.now).toBeLessThan(FUNCTION_TIME + 60_000);
  });

  test('of one who comes back late takes no turn from who came after', async () => {
    let goOn!: () => void;
    const late = new Promise<void>(resolve => { goOn = resolve; });
    const began = new Promise<void>(resolve => {
      void desk.tell(failing(), desk.telling('Slack', { send: async () => { resolve(); await late; throw new Error('late'); } })).catch(() => ended());
    });
    let ended!: () => void;
    const end = new Promise<void>(resolve => { ended = resolve; });
    await began;
    desk.now += FUNCTION_TIME * 2;
    await desk.tell(failing());
    goOn();
    await end;
    await desk.tell(failing());

    expect(receiver.taken).toHaveLength(1);
  });
});

test('of many who tell the same at once, one does, and the others see later that it was told', async () => {
  const tries = await Promise.allSettled(Array.from({ length: 6 }, async () => desk.tell(failing())));
  await Promise.all(tries.filter(({ status }) => status === 'rejected').map(async () => desk.tell(failing())));

  expect(receiver.taken).toHaveLength(1);
});

describe('while the table is down', () => {
  test('alerts are told all the same', async () => {
    desk.wire.next('UpdateItem', OUTAGE, OUTAGE);
    await desk.tell(failing());

    expect(receiver.taken).toHaveLength(1);
    expect(JSON.parse(logs[0])).toMatchObject({ what: 'what was told is not known', error: 'ServiceUnavailable' });
  });

  test('an alert that was told is not told again for that', async () => {
    desk.wire.next('Query', OUTAGE);
    await desk.tell(failing());

    expect(receiver.taken).toHaveLength(1);
    expect(JSON.parse(logs[0])).toMatchObject({ what: 'an alert was told but not kept as told' });
  });

  test('an alert that was not told is tried again or parked all the same', async () => {
    receiver.moods = [{ status: 400 }];
    desk.wire.next('UpdateItem', deliver => deliver(), OUTAGE);
    await desk.tell(failing());

    expect(services.parked).toHaveLength(1);
  });
});

test('a turn whose answer was lost is told, and may be told once more rather than never', async () => {
  desk.wire.next('UpdateItem', answerLost);
  await desk.tell(failing());

  expect(receiver.taken).toHaveLength(1);
  await expect(desk.tell(failing())).rejects.toThrow('the same alert is being told');
});

test('what is kept holds nothing of the order, and is deleted in the end', async () => {
  await desk.tell(failing());

  const [row] = await desk.rows();
  expect(Object.keys(row).sort()).toEqual(['about', 'claim', 'expiresAt', 'told', 'until', 'what']);
  expect(JSON.stringify(row)).not.toContain('order-1');
  expect(row.expiresAt * 1_000).toBeGreaterThan(desk.now + WINDOW);
});
