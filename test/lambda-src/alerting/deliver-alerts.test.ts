import type { SNSEvent } from 'aws-lambda';
import { alertFixture } from './alert-fixture';
import { FUNCTION_TIMEOUT } from './delivery-fixture';
import { AT, failureEvent } from './sns-events';

const fixture = alertFixture();

describe.each(['Slack', 'PagerDuty'] as const)('%s', name => {
  const deliver = async (): Promise<void> => fixture.delivery.deliver(failureEvent(), fixture.delivery.to(name));

  test('accepts an alert, which is logged in one line of JSON', async () => {
    await deliver();

    expect(fixture.receiver.accepted).toHaveLength(1);
    expect(fixture.logs.map(line => JSON.parse(line))).toMatchObject([
      {
        level: 'INFO',
        what: 'an alert was sent',
        receiver: name,
        workflow: 'Shop/Orders',
        kind: 'order-failed',
        subject: 'order-1',
        step: 'ProcessPayment',
      },
    ]);
  });

  test('gets a retry after the seconds of its Retry-After', async () => {
    fixture.receiver.nextResponses = [{ status: 429, headers: { 'retry-after': '17' } }];
    await deliver();

    expect([fixture.delivery.delays, fixture.receiver.requests, fixture.receiver.accepted.length]).toEqual([[17_000], 2, 1]);
  });

  test('gets a retry at the date of its Retry-After', async () => {
    fixture.receiver.nextResponses = [{ status: 429, headers: { 'retry-after': new Date(Date.parse(AT) + 9_000).toUTCString() } }];
    await deliver();

    expect([fixture.delivery.delays, fixture.receiver.accepted.length]).toEqual([[9_000], 1]);
  });

  test.each(['soon', '-1', '0', ''])('gets a retry after the default delay if its Retry-After is %p', async header => {
    fixture.receiver.nextResponses = [{ status: 429, headers: { 'retry-after': header } }];
    await deliver();

    expect([fixture.delivery.delays, fixture.receiver.accepted.length]).toEqual([[1_000], 1]);
  });

  test('whose Retry-After is longer than the rest of the invocation gets the alert when Lambda retries, at once', async () => {
    fixture.receiver.nextResponses = [{ status: 429, headers: { 'retry-after': String(FUNCTION_TIMEOUT / 1_000) } }];
    await expect(deliver()).rejects.toThrow(`${name} did not accept the alert in 1 attempts, the last of which met 429`);
    expect(fixture.delivery.delays).toEqual([]);

    await deliver();
    expect(fixture.receiver.accepted).toHaveLength(1);
  });

  test.each([[47, [47_000]], [48, []]])('whose Retry-After is %i seconds gets a retry after %p milliseconds in the same invocation', async (seconds, pauses) => {
    fixture.receiver.nextResponses = [{ status: 503, headers: { 'retry-after': String(seconds) } }];
    await deliver().catch(() => undefined);

    expect(fixture.delivery.delays).toEqual(pauses);
  });

  test('that fails gets retries with growing delays', async () => {
    fixture.receiver.nextResponses = [{ status: 500 }, { status: 503 }, 'reset'];
    await deliver();

    expect([fixture.delivery.delays, fixture.receiver.accepted.length]).toEqual([[1_000, 2_000, 4_000], 1]);
  });

  test('that keeps failing gets the alert when Lambda retries, and nothing goes to the dead-letter queue before', async () => {
    fixture.receiver.nextResponses = Array(4).fill({ status: 502 });
    await expect(deliver()).rejects.toMatchObject({ name: 'DeliveryFailed', message: `${name} did not accept the alert in 4 attempts, the last of which met 502` });

    expect(fixture.services.queued).toEqual([]);
  });

  test.each([400, 401, 403, 404, 410])('that answers %i gets no retry: the alert goes to the dead-letter queue at once', async status => {
    fixture.receiver.nextResponses = [{ status }];
    await deliver();

    expect([fixture.receiver.requests, fixture.delivery.delays]).toEqual([1, []]);
    expect(fixture.services.queued).toMatchObject([{
      requestContext: { condition: 'Refused' },
      requestPayload: failureEvent(),
      responsePayload: { errorType: 'DeliveryRefused', errorMessage: `${name} answered ${status}: a retry would not help` },
    }]);
  });

  test.each([301, 302, 307, 308])('that redirects with %i is not followed', async status => {
    fixture.receiver.nextResponses = [{ status, headers: { location: `${fixture.receiver.origin}/services/elsewhere` } }];
    await deliver();

    expect([fixture.receiver.requests, fixture.receiver.accepted, fixture.services.queued.length]).toEqual([1, [], 1]);
  });

  test('that refused an alert gets it again when an operator redrives it', async () => {
    fixture.receiver.nextResponses = [{ status: 404 }];
    await deliver();
    await fixture.delivery.deliver(fixture.services.queued[0].requestPayload, fixture.delivery.to(name));

    expect(fixture.receiver.accepted).toHaveLength(1);
  });

  test('gets an alert that SNS put on the dead-letter queue, in the format that it has there', async () => {
    const { SigningCertUrl, UnsubscribeUrl, Subject, ...deadLetter } = failureEvent().Records[0].Sns;
    const event = { Records: [{ Sns: { ...deadLetter, SigningCertURL: SigningCertUrl, UnsubscribeURL: UnsubscribeUrl } }] };
    await fixture.delivery.deliver(event as unknown as SNSEvent, fixture.delivery.to(name));

    expect(fixture.receiver.accepted).toHaveLength(1);
  });

  test('that does not answer times out after five seconds', async () => {
    const timeout = jest.spyOn(AbortSignal, 'timeout').mockReturnValueOnce(AbortSignal.abort(new DOMException('late', 'TimeoutError')));
    await deliver();

    expect(timeout).toHaveBeenCalledWith(5_000);
    expect([fixture.delivery.delays, fixture.receiver.accepted.length]).toEqual([[1_000], 1]);
  });

  test('that refuses while SQS is unavailable leaves the alert to the failure destination of Lambda', async () => {
    fixture.receiver.nextResponses = [{ status: 400 }];
    fixture.services.fault = ({ operation }) => operation === 'SendMessage' ? { status: 400, name: 'QueueDoesNotExist' } : undefined;

    await expect(deliver()).rejects.toThrow();
  });

  test.each([
    ['a mention of the channel', '<!channel> <!here> <@U123>'],
    ['markup', '*bold* _it_ ~x~ `code` ```block``` <https://evil.example.com|Execution>'],
    ['line breaks', 'one\r\ntwo\u2028three'],
    ['10 KB', '`<!channel>*'.repeat(900)],
    ['nothing', ''],
  ])('accepts an alert whose every field is %s', async (_what, text) => {
    const event = failureEvent({ orderId: text, status: text, step: text, error: text, cause: text, execution: text, at: text });
    await fixture.delivery.deliver(event, fixture.delivery.to(name));

    expect(fixture.receiver.accepted).toHaveLength(1);
    expect(fixture.logs).toHaveLength(1);
    expect(fixture.logs[0]).not.toContain('\n');
  });

  test('never appears with its URL in a log or in the dead-letter queue', async () => {
    fixture.receiver.nextResponses = [{ status: 400 }];
    await deliver();

    expect(JSON.stringify([fixture.logs, fixture.services.queued])).not.toContain(fixture.receiver.origin);
    expect(fixture.logs.map(line => JSON.parse(line))).toMatchObject([{ what: 'an alert was sent to the dead-letter queue', error: 'DeliveryRefused' }]);
  });
});
