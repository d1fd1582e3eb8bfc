import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openCloud, inlineFunction, TestCloud } from './cloud-fixture';
import { ownCall } from '../../src/testkit/own-call';

const SLACK = 'https://hooks.slack.com/services/a/b/c';

let running: TestCloud;
beforeAll(async () => {
  running = await openCloud((stack) => void inlineFunction(stack, 'poster', `async ({ url, body, asRequest }) => {
    const options = { method: 'POST', body: JSON.stringify(body) };
    const response = await (asRequest ? fetch(new Request(url, options)) : fetch(url, options));
    return { status: response.status, text: await response.text() };
  }`));
});
afterEach(() => running.cloud.faults.clear());
afterAll(() => running.cloud.close());

async function post(event: object): Promise<unknown> {
  const { Payload } = await ownCall(running.cloud.calls, 'lambda', 'Invoke', { FunctionName: 'poster', Payload: JSON.stringify(event) });
  return JSON.parse(String(Payload));
}

test.each([
  [SLACK, { text: 'Order lost' }, { channel: 'slack', to: ['hooks.slack.com'], subject: 'Order lost' }],
  ['https://events.eu.pagerduty.com/v2/enqueue', { event_action: 'trigger', payload: { summary: 'Order lost' } }, {
    channel: 'pagerduty', to: ['events.eu.pagerduty.com'], subject: 'Order lost',
  }],
])('what is posted to %s is kept, and nothing is sent', async (url, body, kept) => {
  for (const asRequest of [false, true]) {
    expect(await post({ url, body, asRequest })).toEqual({ status: 200, text: 'ok' });

    const { messages } = running.cloud.outbox;
    expect(messages[messages.length - 1]).toMatchObject({ ...kept, text: JSON.stringify(body) });
  }
});

test('a fault makes the receiver refuse', async () => {
  const kept = running.cloud.outbox.messages.length;
  running.cloud.faults.inject({ kind: 'failBefore', at: { service: 'posts' } });

  expect(await post({ url: SLACK, body: {} })).toMatchObject({ status: expect.any(Number) });
  expect(running.cloud.outbox.messages).toHaveLength(kept);
});

test('any other host is really called', async () => {
  const server = createServer((_request, response) => response.end('really'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  expect(await post({ url: `http://127.0.0.1:${port}/`, body: {} })).toEqual({ status: 200, text: 'really' });
  await new Promise((resolve) => server.close(resolve));
});
