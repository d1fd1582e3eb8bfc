import fc from 'fast-check';
import { ALARM, AT, EXECUTION, FAILURE, failureEvent, snsEvent } from './sns-events';
import { Alert, parseAlert } from '../../../lambda-src/alerting/alert';
import { pagerDutyEvent } from '../../../lambda-src/alerting/pager-duty-event';
import { plainText } from '../../../lambda-src/alerting/plain-text';
import { slackMessage } from '../../../lambda-src/alerting/slack-message';

const SOURCE = { workflow: 'Shop/Orders', logGroup: '/orders/log (1)' };
const read = (message: object | string, more = {}): Alert => parseAlert(snsEvent(message, more).Records[0].Sns, SOURCE);
const inSlack = (message: object): any => slackMessage(read(message), SOURCE);
const inPagerDuty = (message: object): any => pagerDutyEvent('key', read(message), SOURCE);

/** The text as Slack decodes it. */
const unescaped = (text: string): string => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

describe('an alert', () => {
  test.each([
    [{ kind: 'order-failed' }, 'Order order-1 failed at ProcessPayment'],
    [{ kind: 'compensation-failed' }, 'Order order-1 needs attention: ProcessPayment was not undone'],
    [{ kind: 'closing-step-failed' }, 'Order order-1 is completed, but ProcessPayment failed'],
    [{ kind: 'execution-interrupted', step: undefined }, 'The execution of order order-1 was interrupted'],
    [{ kind: 'order-repaired', step: undefined }, 'Order order-1 was repaired'],
    [{ kind: 'order-failed', step: undefined }, 'Order order-1 failed'],
    [{ kind: 'compensation-failed', step: '' }, 'Order order-1 needs attention'],
    [{ kind: 'closing-step-failed', step: 7 }, 'Order order-1 is completed, but 7 failed'],
    [{ kind: 'closing-step-failed', step: null }, 'Order order-1 is completed'],
    [{ kind: 'constructor' }, 'Order order-1: constructor'],
    [{ kind: 'order-rejected', step: undefined }, 'Order order-1 was rejected'],
    [{ kind: 'order-renamed' }, 'Order order-1: order-renamed'],
  ])('of %p is titled %p', (fields, title) => {
    expect(read({ ...FAILURE, ...fields }).title).toBe(title);
  });

  test('shows the fields that may be shown, and no other', () => {
    const alert = read({ ...FAILURE, email: 'ann@example.com', card: '4111', address: { street: 'x' } });

    expect(alert.facts).toEqual([['Status', 'PAID'], ['Step', 'ProcessPayment'], ['Error', 'States.Timeout'], ['At', AT]]);
    expect(alert.text).toBe('the bank did not answer');
    expect(JSON.stringify(alert)).not.toMatch(/ann@|4111|street/);
  });

  test.each([
    [JSON.stringify({ errorType: 'Error', errorMessage: 'the bank said "no"', trace: ['at x (y.js:1)'] }), 'the bank said "no"'],
    ['{"errorType":"Error","errorMessage":"no","trace":["at cut o', 'no'],
    ['{"errorMessage":"cut o', 'cut o'],
    ['{"errorMessage":"a \\"b\\" c\\', 'a "b" c'],
    ['{"errorMessage":"caf\\u00e9 \\u00', 'café'],
    ['{"errorMessage":"', '{"errorMessage":"'],
    ['{"errorMessage":"\\x"}', '{"errorMessage":"\\x"}'],
    ['{"message":"no"}', '{"message":"no"}'],
  ])('of a function that threw %p shows the message without the trace', (cause, text) => {
    expect(read({ ...FAILURE, cause }).text).toBe(text);
  });

  test('of an alarm has its description, and a link to it', () => {
    expect(read(ALARM)).toMatchObject({
      kind: 'alarm',
      subject: 'Shop-DeadLetters',
      title: 'ALARM: Alerts of Queue were not delivered',
      text: 'Threshold Crossed: 1 datapoint [1.0]',
      isResolved: false,
      links: [{
        name: 'Alarm',
        url: 'https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1#alarmsV2:alarm/Shop-DeadLetters',
      }],
    });
    expect(read({ ...ALARM, AlarmDescription: null, AlarmArn: undefined, NewStateValue: 'OK' })).toMatchObject({
      title: 'OK: Shop-DeadLetters', isResolved: true, links: [],
    });
  });

  test.each(['plain text', '[]', 'null', '"text"', '{}', '{'])('of %p, a message of another publisher, shows the subject without the text', message => {
    expect(read(message, { Subject: 'A\nsubject' })).toMatchObject({ kind: 'other', title: 'A subject', facts: [], text: '', links: [] });
    expect(read(message).title).toBe('The topic received a message that is no alert');
  });

  test('without a time has the time of its publication', () => {
    expect(read({ ...FAILURE, at: 'some day' }).at).toBe(Date.parse(AT));
    const [{ Sns }] = failureEvent({ at: undefined }).Records;
    expect(parseAlert({ ...Sns, Timestamp: 'never' }, SOURCE).at).toBe(0);
  });
});

describe('the links', () => {
  test('lead to the execution and to the log events of the order', () => {
    const [execution, logs] = read(FAILURE).links;

    expect(execution).toEqual({
      name: 'Execution',
      url: `https://eu-west-1.console.aws.amazon.com/states/home?region=eu-west-1#/v2/executions/details/${EXECUTION}`,
    });
    expect(logs.url).toMatch(/^https:\/\/eu-west-1\.console\.aws\.amazon\.com\/cloudwatch\/home\?region=eu-west-1#logsV2:logs-insights\$3FqueryDetail\$3D~\(end~'2030-01-01T00\*3a10\*3a00\.000Z~start~'2029-12-31T00/);
    expect(logs.url).toContain("~source~(~'*2forders*2flog*20*281*29))");
    expect(decodeURIComponent(/editorString~'([^~]+)/.exec(logs.url)![1].replaceAll('*', '%'))).toBe(
      `fields @timestamp, type, @message | filter execution_arn = "${EXECUTION}" or @message like "order-1" | sort @timestamp`);
  });

  test.each([
    ['arn:aws-cn:states:cn-north-1:111122223333:execution:Orders:order-1', 'https://cn-north-1.console.amazonaws.cn/states/home?region=cn-north-1#/v2/'],
    ['arn:aws-us-gov:states:us-gov-west-1:111122223333:execution:Orders:order-1', 'https://us-gov-west-1.console.amazonaws-us-gov.com/states/'],
    ['arn:aws:states:eu-west-1:111122223333:express:Orders:order-1:0a-1b', 'https://eu-west-1.console.aws.amazon.com/states/home?region=eu-west-1#/express-executions/details/arn:aws:states:eu-west-1:111122223333:express:Orders:order-1:0a-1b?startDate='],
  ])('of %s lead to the console of its partition', (execution, url) => {
    expect(read({ ...FAILURE, execution }).links[0].url).toContain(url);
  });

  test.each([
    'https://evil.example.com', `${EXECUTION}|click>`, `${EXECUTION}\n`, 'arn:aws:states:evil.example.com/:111122223333:execution:a:b',
    'arn:aws-evil:states:eu-west-1:111122223333:execution:a:b', `${EXECUTION}${'x'.repeat(600)}`, 7, undefined, null,
  ])('are not made of %p', execution => {
    expect(read({ ...FAILURE, execution }).links).toEqual([]);
  });

  test('to the logs are not made for an invalid order id', () => {
    expect(read({ ...FAILURE, orderId: 'x" or 1 = 1' }).links.map(({ name }) => name)).toEqual(['Execution']);
  });
});

describe('an alert with hostile texts', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 10_000 }),
    fc.constantFrom('<!channel>', '<@U123>', '<https://evil.example.com|Execution>', '*bold* `code` ~x~', '```\n```'),
    fc.constantFrom('\r\n\u2028', '\u202Egnp', '\uD800', '&lt;'),
    fc.constantFrom('<!channel>', '*', '`', '\n', '😀').map(text => text.repeat(10_000)),
  );
  const failures = fc.record({
    kind: hostile, orderId: hostile, status: hostile, step: hostile, error: hostile, cause: hostile, execution: hostile, at: hostile,
  });
  const alarms = fc.record({ AlarmName: hostile, AlarmDescription: hostile, NewStateValue: hostile, NewStateReason: hostile, AlarmArn: hostile });
  const messages = fc.oneof(failures, alarms, alarms.map(alarm => ({
    ...alarm, AlarmArn: `arn:aws:cloudwatch:eu-west-1:111122223333:alarm:${alarm.AlarmName}`,
  })));

  test('is no markup in Slack, and keeps within its limits', () => {
    fc.assert(fc.property(messages, message => {
      const { text, blocks } = inSlack(message);

      expect(text).not.toMatch(/[<>]|&(?!(amp|lt|gt);)/);
      expect(unescaped(text)).toBe(blocks[0].text.text);
      expect(JSON.stringify(blocks).length).toBeLessThan(20_000);
      for (const { type, text: one, fields = [], elements = [] } of blocks) {
        for (const object of [...one ? [one] : [], ...fields, ...elements]) {
          expect(object.text).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
          expect(object.text.length).toBeLessThanOrEqual(type === 'header' ? 150 : 3_000);
          if (object.type === 'mrkdwn') expect(object.text).toMatch(/^<https:\/\/[a-z0-9-]+\.console\.[^<>|\s]+\|(Execution|Alarm)>(  <https:[^<>|\s]+\|Logs>)?$/);
        }
      }
    }));
  });

  test('keeps within the limits of PagerDuty', () => {
    fc.assert(fc.property(messages, message => {
      const { dedup_key, payload } = inPagerDuty(message);

      expect(dedup_key.length).toBeLessThanOrEqual(255);
      expect(payload.summary.length).toBeLessThanOrEqual(1_024);
      expect(JSON.stringify(payload)).not.toMatch(/\\[nr]/);
    }));
  });
});

test.each([
  ['R&D <ops>', 'Order R&amp;D &lt;ops&gt; was repaired'],
  // Not escaped, it would be shown as a mention of the channel.
  ['&lt;!channel&gt;', 'Order &amp;lt;!channel&amp;gt; was repaired'],
])('the notification in Slack about order %s escapes what Slack would decode', (orderId, text) => {
  expect(inSlack({ ...FAILURE, kind: 'order-repaired', orderId }).text).toBe(text);
});

test('10 KB of text is truncated and ends with an ellipsis', () => {
  const { blocks } = inSlack({ ...FAILURE, cause: `<!channel> ${'😀'.repeat(5_000)}` });
  const { text } = blocks.find((block: any) => block.type === 'section' && block.text).text;

  expect(text).toMatch(/^<!channel> (😀)+…$/u);
  expect(text.length).toBeGreaterThan(2_990);
});

test('a value that is no text becomes empty, except a number', () => {
  expect([plainText(undefined, 5), plainText(7, 5), plainText({ a: 1 }, 5), plainText(' \n\t ', 5)]).toEqual(['', '7', '', '']);
});

describe('an incident', () => {
  test('is one for all alerts of an order, and is resolved by its repair', () => {
    const events = ['order-failed', 'compensation-failed', 'order-repaired'].map(kind => inPagerDuty({ ...FAILURE, kind }));

    expect(events.map(({ event_action, dedup_key }) => [event_action, dedup_key])).toEqual([
      ['trigger', 'Shop/Orders:order-1'], ['trigger', 'Shop/Orders:order-1'], ['resolve', 'Shop/Orders:order-1'],
    ]);
  });

  test.each([
    ['order-failed', 'error'], ['compensation-failed', 'critical'], ['closing-step-failed', 'warning'], ['execution-interrupted', 'error'],
    ['toString', 'warning'],
  ])('of kind %s is of severity %s', (kind, severity) => {
    expect(inPagerDuty({ ...FAILURE, kind }).payload).toMatchObject({ severity, class: kind, component: 'ProcessPayment', group: 'Shop/Orders' });
  });

  test('of an alarm with a name of maximum length has a key of its own, and shows the truncated name', () => {
    const named = (end: string): any => inPagerDuty({ ...ALARM, AlarmName: `${'x'.repeat(255 - end.length)}${end}`, AlarmDescription: null });
    const [one, other] = [named('1'), named('2')];

    expect(one.dedup_key).not.toBe(other.dedup_key);
    expect(one.dedup_key.length).toBeLessThanOrEqual(255);
    expect(one.payload.summary).toBe(`ALARM: ${'x'.repeat(99)}…`);
    expect(named('1').dedup_key).toBe(one.dedup_key);
  });

  test('of a workflow with a long name has a key that is short enough', () => {
    const event = (orderId: string): any => pagerDutyEvent('key', read({ ...FAILURE, orderId }), { workflow: 'x'.repeat(300) });

    expect(event('order-1').dedup_key).toHaveLength(64);
    expect(event('order-1').dedup_key).not.toBe(event('order-2').dedup_key);
  });
});
