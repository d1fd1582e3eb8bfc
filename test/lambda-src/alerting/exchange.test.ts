import type { SNSEvent } from 'aws-lambda';
import { alertBackstage } from './alert-backstage';
import { FUNCTION_TIME } from './alert-desk';
import { AT, failing } from './notices';

const stage = alertBackstage();

describe.each(['Slack', 'PagerDuty'] as const)('%s', name => {
  const tell = async (): Promise<void> => stage.desk.tell(failing(), stage.desk.telling(name));

  test('takes an alert, which is logged in one line of JSON', async () => {
    await tell();

    expect(stage.receiver.taken).toHaveLength(1);
    expect(stage.logs.map(line => JSON.parse(line))).toMatchObject([
      {
        level: 'INFO',
        what: 'an alert was told',
        receiver: name,
        workflow: 'Shop/Orders',
        kind: 'order-failed',
        subject: 'order-1',
        step: 'ProcessPayment',
      },
    ]);
  });

  test('is asked again after as long as it says', async () => {
    stage.receiver.moods = [{ status: 429, headers: { 'retry-after': '17' } }];
    await tell();

    expect([stage.desk.pauses, stage.receiver.requests, stage.receiver.taken.length]).toEqual([[17_000], 2, 1]);
  });

  test('is asked again at the time it says', async () => {
    stage.receiver.moods = [{ status: 429, headers: { 'retry-after': new Date(Date.parse(AT) + 9_000).toUTCString() } }];
    await tell();

    expect([stage.desk.pauses, stage.receiver.taken.length]).toEqual([[9_000], 1]);
  });

  test.each(['soon', '-1', '0', ''])('is asked again after a pause of ours when it says to wait %p', async header => {
    stage.receiver.moods = [{ status: 429, headers: { 'retry-after': header } }];
    await tell();

    expect([stage.desk.pauses, stage.receiver.taken.length]).toEqual([[1_000], 1]);
  });

  test('that wants more time than there is leaves it to the next attempt of Lambda, which need not wait', async () => {
    stage.receiver.moods = [{ status: 429, headers: { 'retry-after': String(FUNCTION_TIME / 1_000) } }];
    await expect(tell()).rejects.toThrow(`${name} did not take it in 1 attempts, at last: 429`);
    expect(stage.desk.pauses).toEqual([]);

    await tell();
    expect(stage.receiver.taken).toHaveLength(1);
  });

  test.each([[47, [47_000]], [48, []]])('that wants %i seconds is asked %p milliseconds later within one attempt of Lambda', async (seconds, pauses) => {
    stage.receiver.moods = [{ status: 503, headers: { 'retry-after': String(seconds) } }];
    await tell().catch(() => undefined);

    expect(stage.desk.pauses).toEqual(pauses);
  });

  test('is asked again when it is broken, with longer and longer pauses', async () => {
    stage.receiver.moods = [{ status: 500 }, { status: 503 }, 'hangs up'];
    await tell();

    expect([stage.desk.pauses, stage.receiver.taken.length]).toEqual([[1_000, 2_000, 4_000], 1]);
  });

  test('that stays broken leaves it to the next attempt of Lambda, and nothing is parked before', async () => {
    stage.receiver.moods = Array(4).fill({ status: 502 });
    await expect(tell()).rejects.toMatchObject({ name: 'Unreachable', message: `${name} did not take it in 4 attempts, at last: 502` });

    expect(stage.services.parked).toEqual([]);
  });

  test.each([400, 401, 403, 404, 410])('that answers %i is not asked again: the alert is parked at once', async status => {
    stage.receiver.moods = [{ status }];
    await tell();

    expect([stage.receiver.requests, stage.desk.pauses]).toEqual([1, []]);
    expect(stage.services.parked).toMatchObject([{
      requestContext: { condition: 'Refused' },
      requestPayload: failing(),
      responsePayload: { errorType: 'Refused', errorMessage: `${name} answered ${status}: it will not take this` },
    }]);
  });

  test.each([301, 302, 307, 308])('that sends us elsewhere with %i is not followed', async status => {
    stage.receiver.moods = [{ status, headers: { location: `${stage.receiver.origin}/services/elsewhere` } }];
    await tell();

    expect([stage.receiver.requests, stage.receiver.taken, stage.services.parked.length]).toEqual([1, [], 1]);
  });

  test('that refused an alert can be told it again once somebody has seen to it', async () => {
    stage.receiver.moods = [{ status: 404 }];
    await tell();
    await stage.desk.tell(stage.services.parked[0].requestPayload, stage.desk.telling(name));

    expect(stage.receiver.taken).toHaveLength(1);
  });

  test('is told what SNS parked, in the form that it has there', async () => {
    const { SigningCertUrl, UnsubscribeUrl, Subject, ...parked } = failing().Records[0].Sns;
    const event = { Records: [{ Sns: { ...parked, SigningCertURL: SigningCertUrl, UnsubscribeURL: UnsubscribeUrl } }] };
    await stage.desk.tell(event as unknown as SNSEvent, stage.desk.telling(name));

    expect(stage.receiver.taken).toHaveLength(1);
  });

  test('that hangs is given up after five seconds', async () => {
    const timeout = jest.spyOn(AbortSignal, 'timeout').mockReturnValueOnce(AbortSignal.abort(new DOMException('late', 'TimeoutError')));
    await tell();

    expect(timeout).toHaveBeenCalledWith(5_000);
    expect([stage.desk.pauses, stage.receiver.taken.length]).toEqual([[1_000], 1]);
  });

  test('that refuses while the queue is down leaves it to Lambda, which parks it', async () => {
    stage.receiver.moods = [{ status: 400 }];
    stage.services.mood = ({ operation }) => operation === 'SendMessage' ? { status: 400, name: 'QueueDoesNotExist' } : undefined;

    await expect(tell()).rejects.toThrow();
  });

  test.each([
    ['a mention of everybody', '<!channel> <!here> <@U123>'],
    ['markup', '*bold* _it_ ~x~ `code` ```block``` <https://evil.example.com|Execution>'],
    ['line breaks', 'one\r\ntwo\u2028three'],
    ['10 KB', '`<!channel>*'.repeat(900)],
    ['nothing', ''],
  ])('takes an alert whose every field is %s', async (_what, text) => {
    const event = failing({ orderId: text, status: text, step: text, error: text, cause: text, execution: text, at: text });
    await stage.desk.tell(event, stage.desk.telling(name));

    expect(stage.receiver.taken).toHaveLength(1);
    expect(stage.logs).toHaveLength(1);
    expect(stage.logs[0]).not.toContain('\n');
  });

  test('never appears in a log or in what is parked with its address', async () => {
    stage.receiver.moods = [{ status: 400 }];
    await tell();

    expect(JSON.stringify([stage.logs, stage.services.parked])).not.toContain(stage.receiver.origin);
    expect(stage.logs.map(line => JSON.parse(line))).toMatchObject([{ what: 'an alert was parked', error: 'Refused' }]);
  });
});
