import { alertFixture } from './alert-fixture';
import { ROUTING_KEY } from './delivery-fixture';
import { RECEIVER_PATH } from './receiver';
import { failureEvent } from './sns-events';

// Each function is loaded afresh, with all that it imports.
jest.setTimeout(30_000);

type Handler = (event: unknown, context: unknown) => Promise<void>;

const WEBHOOK = `https://hooks.slack.com${RECEIVER_PATH.Slack}`;
const HANDLERS = { Slack: ['slack-alert', WEBHOOK], PagerDuty: ['pager-duty-alert', ROUTING_KEY] } as const;
const context = { getRemainingTimeInMillis: () => 60_000 };

const fixture = alertFixture();
const environment = { ...process.env };
let requested: string[];
let passed: number;
beforeEach(() => {
  requested = [];
  passed = 0;
  const { now } = Date;
  jest.spyOn(Date, 'now').mockImplementation(() => now() + passed);
  const { fetch } = globalThis;
  // The URLs of the receivers lead to the local one.
  jest.spyOn(globalThis, 'fetch').mockImplementation(async (url, init) => {
    requested.push(String(url));
    return fetch(`${fixture.receiver.origin}${new URL(String(url)).pathname}`, init);
  });
});

/** The handler as Lambda loads it, with its environment alone. */
function load(name: string, settings: Record<string, string | undefined> = {}): Handler {
  process.env = {
    ...environment,
    AWS_ENDPOINT_URL: fixture.services.endpoint,
    AWS_ENDPOINT_URL_DYNAMODB: fixture.engine.endpoint,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_MAX_ATTEMPTS: '1',
    WORKFLOW: 'Shop/Orders',
    ORDER_LOG_GROUP: 'orders',
    TARGET: name,
    SECRET_ARN: 'arn:secret',
    SENT_ALERTS_TABLE: fixture.delivery.table,
    REPEAT_WINDOW_SECONDS: '900',
    DEAD_LETTER_QUEUE_URL: `${fixture.services.endpoint}/111122223333/dead-letters`,
    ALLOWED_HOSTS: 'hooks.slack.com',
    EVENTS_HOST: 'events.pagerduty.com',
    ...settings,
  };
  let loaded: Handler | undefined;
  jest.isolateModules(() => { ({ handler: loaded } = jest.requireActual(`../../../lambda-src/alerting/${name}.lambda`)); });
  return loaded!;
}

describe.each(Object.entries(HANDLERS))('the function for %s', (receiverName, [name, secret]) => {
  beforeEach(() => { fixture.services.secret = `${secret}\n`; });

  test('sends a failure once', async () => {
    const handler = load(name);
    await handler(failureEvent(), context);
    await handler(failureEvent(), context);

    expect(requested).toEqual([receiverName === 'Slack' ? WEBHOOK : 'https://events.pagerduty.com/v2/enqueue']);
    expect(fixture.receiver.accepted).toHaveLength(1);
  });

  test('reads its secret with the first alert, and caches it for five minutes', async () => {
    const handler = load(name);
    expect(fixture.services.count('GetSecretValue')).toBe(0);
    await handler(failureEvent(), context);
    await handler(failureEvent({ orderId: 'order-2' }), context);
    expect(fixture.services.count('GetSecretValue')).toBe(1);

    passed = 5 * 60_000;
    await handler(failureEvent({ orderId: 'order-3' }), context);
    expect(fixture.services.count('GetSecretValue')).toBe(2);
  });

  test('writes its secret neither to a log nor to the dead-letter queue', async () => {
    fixture.receiver.nextResponses = [{ status: 403 }];
    await load(name)(failureEvent(), context);

    expect(fixture.services.queued).toHaveLength(1);
    expect(JSON.stringify([fixture.logs, fixture.services.queued])).not.toContain(secret.split('/').pop());
  });

  test('leaves an alert to the next retry of Lambda while it cannot read the secret', async () => {
    fixture.services.fault = ({ operation }) => operation === 'GetSecretValue' ? { status: 400, name: 'AccessDeniedException' } : undefined;
    const handler = load(name);
    await expect(handler(failureEvent(), context)).rejects.toMatchObject({ name: 'ServiceUnavailable' });

    fixture.services.fault = () => undefined;
    await handler(failureEvent(), context);
    expect(fixture.receiver.accepted).toHaveLength(1);
  });

  test('uses the cached secret while Secrets Manager is unavailable', async () => {
    const handler = load(name);
    await handler(failureEvent(), context);
    fixture.services.fault = ({ operation }) => operation === 'GetSecretValue' ? { status: 400, name: 'AccessDeniedException' } : undefined;
    passed = 5 * 60_000;
    await handler(failureEvent({ orderId: 'order-2' }), context);

    expect(fixture.receiver.accepted).toHaveLength(2);
    expect(fixture.logs.map(line => JSON.parse(line).what)).toContain('a secret was not read');
  });
});

test('PagerDuty is called at the host of the environment', async () => {
  fixture.services.secret = ROUTING_KEY;
  await load('pager-duty-alert', { EVENTS_HOST: 'events.eu.pagerduty.com', ORDER_LOG_GROUP: undefined })(failureEvent(), context);

  expect(requested).toEqual(['https://events.eu.pagerduty.com/v2/enqueue']);
  expect(fixture.receiver.accepted[0].links.map(({ text }: { text: string }) => text)).toEqual(['Execution']);
});

test.each([
  'http://hooks.slack.com/services/T/B/X', 'https://evil.example.com/services/T/B/X', 'https://hooks.slack.com.evil.example.com/x',
  'https://hooks.slack.com@evil.example.com/x', 'https://me:you@hooks.slack.com/x', 'https://hooks.slack.com:8443/x',
  'https://169.254.169.254/latest/meta-data', 'file:///etc/passwd', 'no URL',
])('a webhook URL that is %p is never called: the alert goes to the dead-letter queue without the URL', async secret => {
  fixture.services.secret = secret;
  await load('slack-alert')(failureEvent(), context);

  expect(requested).toEqual([]);
  expect(fixture.services.queued).toMatchObject([{
    responsePayload: { errorMessage: 'the secret holds no https URL of hooks.slack.com: set it to the URL of the webhook' },
  }]);
});
