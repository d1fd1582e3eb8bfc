import { alertBackstage } from './alert-backstage';
import { ROUTING_KEY } from './alert-desk';
import { failing } from './notices';
import { RECEIVER_PATH } from './receiver';

// Each function is loaded afresh, with all that it imports.
jest.setTimeout(30_000);

type Entry = (event: unknown, context: unknown) => Promise<void>;

const WEBHOOK = `https://hooks.slack.com${RECEIVER_PATH.Slack}`;
const HANDLERS = { Slack: ['slack-alert', WEBHOOK], PagerDuty: ['pager-duty-alert', ROUTING_KEY] } as const;
const context = { getRemainingTimeInMillis: () => 60_000 };

const stage = alertBackstage();
const environment = { ...process.env };
let asked: string[];
let passed: number;
beforeEach(() => {
  asked = [];
  passed = 0;
  const { now } = Date;
  jest.spyOn(Date, 'now').mockImplementation(() => now() + passed);
  const { fetch } = globalThis;
  // The receivers are on the internet; here their addresses lead to one on this machine.
  jest.spyOn(globalThis, 'fetch').mockImplementation(async (url, init) => {
    asked.push(String(url));
    return fetch(`${stage.receiver.origin}${new URL(String(url)).pathname}`, init);
  });
});

/** The function as Lambda loads it: all it knows is its environment. */
function load(name: string, settings: Record<string, string | undefined> = {}): Entry {
  process.env = {
    ...environment,
    AWS_ENDPOINT_URL: stage.services.endpoint,
    AWS_ENDPOINT_URL_DYNAMODB: stage.engine.endpoint,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_MAX_ATTEMPTS: '1',
    WORKFLOW: 'Shop/Orders',
    ORDER_LOG_GROUP: 'orders',
    TARGET: name,
    SECRET_ARN: 'arn:secret',
    TOLD_ALERTS_TABLE: stage.desk.table,
    REPEAT_WINDOW_SECONDS: '900',
    DEAD_LETTER_QUEUE_URL: `${stage.services.endpoint}/111122223333/parked`,
    ALLOWED_HOSTS: 'hooks.slack.com',
    EVENTS_HOST: 'events.pagerduty.com',
    ...settings,
  };
  let entry: Entry | undefined;
  jest.isolateModules(() => { ({ handler: entry } = jest.requireActual(`../../../lambda-src/alerting/${name}.lambda`)); });
  return entry!;
}

describe.each(Object.entries(HANDLERS))('the function that tells %s', (receiverName, [name, secret]) => {
  beforeEach(() => { stage.services.secret = `${secret}\n`; });

  test('tells of a failure once', async () => {
    const tell = load(name);
    await tell(failing(), context);
    await tell(failing(), context);

    expect(asked).toEqual([receiverName === 'Slack' ? WEBHOOK : 'https://events.pagerduty.com/v2/enqueue']);
    expect(stage.receiver.taken).toHaveLength(1);
  });

  test('reads its secret when there is something to tell, and keeps it for five minutes', async () => {
    const tell = load(name);
    expect(stage.services.count('GetSecretValue')).toBe(0);
    await tell(failing(), context);
    await tell(failing({ orderId: 'order-2' }), context);
    expect(stage.services.count('GetSecretValue')).toBe(1);

    passed = 5 * 60_000;
    await tell(failing({ orderId: 'order-3' }), context);
    expect(stage.services.count('GetSecretValue')).toBe(2);
  });

  test('shows its secret to nobody else: not to a log, not to the queue', async () => {
    stage.receiver.moods = [{ status: 403 }];
    await load(name)(failing(), context);

    expect(stage.services.parked).toHaveLength(1);
    expect(JSON.stringify([stage.logs, stage.services.parked])).not.toContain(secret.split('/').pop());
  });

  test('leaves an alert to the next attempt of Lambda while it cannot read the secret', async () => {
    stage.services.mood = ({ operation }) => operation === 'GetSecretValue' ? { status: 400, name: 'AccessDeniedException' } : undefined;
    const tell = load(name);
    await expect(tell(failing(), context)).rejects.toMatchObject({ name: 'ServiceUnavailable' });

    stage.services.mood = () => undefined;
    await tell(failing(), context);
    expect(stage.receiver.taken).toHaveLength(1);
  });

  test('goes on with the secret it knows while Secrets Manager is down', async () => {
    const tell = load(name);
    await tell(failing(), context);
    stage.services.mood = ({ operation }) => operation === 'GetSecretValue' ? { status: 400, name: 'AccessDeniedException' } : undefined;
    passed = 5 * 60_000;
    await tell(failing({ orderId: 'order-2' }), context);

    expect(stage.receiver.taken).toHaveLength(2);
    expect(stage.logs.map(line => JSON.parse(line).what)).toContain('a secret was not read');
  });
});

test('PagerDuty is asked at the host that the construct names', async () => {
  stage.services.secret = ROUTING_KEY;
  await load('pager-duty-alert', { EVENTS_HOST: 'events.eu.pagerduty.com', ORDER_LOG_GROUP: undefined })(failing(), context);

  expect(asked).toEqual(['https://events.eu.pagerduty.com/v2/enqueue']);
  expect(stage.receiver.taken[0].links.map(({ text }: { text: string }) => text)).toEqual(['Execution']);
});

test.each([
  'http://hooks.slack.com/services/T/B/X', 'https://evil.example.com/services/T/B/X', 'https://hooks.slack.com.evil.example.com/x',
  'https://hooks.slack.com@evil.example.com/x', 'https://me:you@hooks.slack.com/x', 'https://hooks.slack.com:8443/x',
  'https://169.254.169.254/latest/meta-data', 'file:///etc/passwd', 'no address',
])('an address of Slack that is %p is never asked: the alert is parked, and the address is not told', async secret => {
  stage.services.secret = secret;
  await load('slack-alert')(failing(), context);

  expect(asked).toEqual([]);
  expect(stage.services.parked).toMatchObject([{
    responsePayload: { errorMessage: "the secret holds no https address of hooks.slack.com: put the webhook's in" },
  }]);
});
