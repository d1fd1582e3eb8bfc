import { Duration } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { DeduplicatedAlertOptions, IAlertTarget, OrderProcessingWorkflow, PagerDutyAlert, SlackAlert } from '../../src';
import { newStack } from '../support/workflow';

type MakeTarget = (secret: secretsmanager.ISecret, options?: DeduplicatedAlertOptions) => IAlertTarget;

const slack: MakeTarget = (secret, options) => new SlackAlert(secret, options);
const pagerDuty: MakeTarget = (secret, options) => new PagerDutyAlert(secret, options);
const SECRET_ARN = 'arn:aws:secretsmanager:eu-central-1:111111111111:secret:receiver-AbCdEf';
const ids = (template: Template, type: string) => Object.keys(template.findResources(type));

function templateWith(...targets: MakeTarget[]): Template {
  const stack = newStack();
  const secret = secretsmanager.Secret.fromSecretCompleteArn(stack, 'Secret', SECRET_ARN);
  new OrderProcessingWorkflow(stack, 'Orders', { alertTargets: targets.map((target) => target(secret)) });
  return Template.fromStack(stack);
}

describe.each([['Slack', slack], ['PagerDuty', pagerDuty]])('%s', (name, target) => {
  const template = templateWith(target);
  const count = (made: Template) => Object.keys(made.toJSON().Resources).length;
  const [fn] = Object.entries(template.findResources('AWS::Lambda::Function')).find(([id]) => id.includes('AlertTargets'))!;
  const [queue] = ids(template, 'AWS::SQS::Queue').filter((id) => id.includes('AlertTargets'));
  const [table] = ids(template, 'AWS::DynamoDB::Table').filter((id) => id.includes('SentAlerts'));

  test('makes at most 12 resources, with the table of sent alerts', () => {
    expect(count(template) - count(templateWith())).toBeLessThanOrEqual(12);
  });

  test('has one dead-letter queue with an alarm, for SNS and for Lambda', () => {
    template.hasResourceProperties('AWS::SNS::Subscription', {
      Protocol: 'lambda', RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': [queue, 'Arn'] } },
    });
    template.hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
      FunctionName: { Ref: fn },
      MaximumRetryAttempts: 2,
      DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': [queue, 'Arn'] } } },
    });
    template.hasResourceProperties('AWS::CloudWatch::Alarm', { AlarmActions: [{ Ref: ids(template, 'AWS::SNS::Topic')[0] }] });
  });

  test('may read its secret, claim alerts, send to its dead-letter queue and log, and no more', () => {
    const [{ Properties }] = Object.entries(template.findResources('AWS::IAM::Policy'))
      .filter(([id]) => id.includes('AlertTargets')).map(([, policy]) => policy);
    const grants = Properties.PolicyDocument.Statement.map(({ Action, Resource }: any) => [
      [Action].flat(), ...[Resource].flat().filter(({ Ref }) => Ref !== 'AWS::NoValue'),
    ]);
    expect(grants).toEqual([
      [['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], '*'],
      [['logs:CreateLogStream', 'logs:PutLogEvents'], { 'Fn::GetAtt': [expect.stringContaining('FunctionResourcesLogs'), 'Arn'] }],
      [['sqs:SendMessage'], { 'Fn::GetAtt': [queue, 'Arn'] }],
      [['secretsmanager:GetSecretValue'], SECRET_ARN],
      [['dynamodb:GetItem', 'dynamodb:UpdateItem', 'dynamodb:Query', 'dynamodb:BatchWriteItem'], { 'Fn::GetAtt': [table, 'Arn'] }],
    ]);
  });

  test('gets the ARN of the secret, and not its text', () => {
    expect(JSON.stringify(template.toJSON())).not.toContain('{{resolve');
    template.hasResourceProperties('AWS::Lambda::Function', {
      Timeout: 60,
      Environment: {
        Variables: Match.objectLike({
          SECRET_ARN,
          WORKFLOW: 'Shop/Orders',
          TARGET: `Shop/Orders/AlertTargets/${name}`,
          REPEAT_WINDOW_SECONDS: '900',
          SENT_ALERTS_TABLE: { Ref: table },
          DEAD_LETTER_QUEUE_URL: { Ref: queue },
        }),
      },
    });
  });

  test.each([Duration.millis(999), Duration.seconds(0)])('a repeat window of %s is refused', (repeatWindow) => {
    expect(() => templateWith((secret) => target(secret, { repeatWindow }))).toThrow(/repeatWindow is .*: give one second or more/);
  });
});

test('all targets of a workflow share one table, whose items expire', () => {
  const template = templateWith(slack, pagerDuty);

  template.hasResourceProperties('AWS::DynamoDB::Table', {
    KeySchema: [{ AttributeName: 'subjectHash', KeyType: 'HASH' }, { AttributeName: 'alertHash', KeyType: 'RANGE' }],
    TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
  });
  expect(ids(template, 'AWS::DynamoDB::Table').filter((id) => id.includes('SentAlerts'))).toHaveLength(1);
});

test('a workflow without a target that deduplicates has no such table', () => {
  expect(ids(templateWith(), 'AWS::DynamoDB::Table').filter((id) => id.includes('SentAlerts'))).toEqual([]);
});

test('the table is encrypted with the key of the workflow, which its functions may use', () => {
  const stack = newStack();
  const encryptionKey = new kms.Key(stack, 'Key');
  const secret = new secretsmanager.Secret(stack, 'Secret');
  const { alerts } = new OrderProcessingWorkflow(stack, 'Orders', { encryptionKey, alertTargets: [new SlackAlert(secret)] });

  expect(alerts.sentAlertsTable.encryptionKey).toBe(encryptionKey);
  Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: Match.objectLike({
      Statement: Match.arrayWith([Match.objectLike({ Action: Match.arrayWith(['kms:Decrypt', 'kms:GenerateDataKey*']) })]),
    }),
  });
});

test('PagerDuty always gets the alert that resolves an incident', () => {
  const template = templateWith((secret) => new PagerDutyAlert(secret, { kinds: ['order-failed'] }));
  template.hasResourceProperties('AWS::SNS::Subscription', { FilterPolicy: { kind: ['order-failed', 'order-repaired'] } });
});

test('the hosts that a function may call are in its environment', () => {
  const template = templateWith(
    (secret) => new PagerDutyAlert(secret, { host: 'events.eu.pagerduty.com' }),
    (secret) => new SlackAlert(secret, { allowedHosts: ['hooks.slack.com', 'hooks.slack-gov.com'] }),
  );
  for (const variables of [{ EVENTS_HOST: 'events.eu.pagerduty.com' }, { ALLOWED_HOSTS: 'hooks.slack.com,hooks.slack-gov.com' }]) {
    template.hasResourceProperties('AWS::Lambda::Function', { Environment: { Variables: Match.objectLike(variables) } });
  }
});

test.each([
  ['a URL as the host of PagerDuty', pagerDutyWithHost('https://events.pagerduty.com'), "host is 'https://events.pagerduty.com': give a host name alone"],
  ['a path in a host of Slack', slackWithHosts('hooks.slack.com/services'), "allowedHosts is 'hooks.slack.com/services': give host names alone"],
  ['an empty list of hosts of Slack', slackWithHosts(), "allowedHosts is '': give host names alone"],
])('%s is refused', (_what, target, message) => {
  expect(() => templateWith(target)).toThrow(message);
});

function pagerDutyWithHost(host: string): MakeTarget {
  return (secret) => new PagerDutyAlert(secret, { host });
}

function slackWithHosts(...allowedHosts: string[]): MakeTarget {
  return (secret) => new SlackAlert(secret, { allowedHosts });
}
