import { CreateScheduleCommand, DeleteScheduleCommand, GetScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { GetSecretValueCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SendEmailCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { CfnTemplate } from 'aws-cdk-lib/aws-ses';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { openCloud, parsed, TestCloud } from './cloud-fixture';

let test1: TestCloud;

beforeAll(async () => {
  test1 = await openCloud((stack) => {
    new Secret(stack, 'Token', { secretName: 'watch-token', generateSecretString: { passwordLength: 40, excludePunctuation: true } });
    new Secret(stack, 'Login', {
      secretName: 'login',
      generateSecretString: { secretStringTemplate: '{"user":"orders"}', generateStringKey: 'password' },
    });
    new CfnTemplate(stack, 'Template', {
      template: { templateName: 'done', subjectPart: 'Order {{orderId}}', textPart: 'It is {{ status }}.' },
    });
    const queue = new Queue(stack, 'Queue', { queueName: 'due' });
    new CfnSchedule(stack, 'Sweep', {
      scheduleExpression: 'cron(30 9 ? * MON-FRI *)',
      flexibleTimeWindow: { mode: 'OFF' },
      target: { arn: queue.queueArn, roleArn: 'arn:aws:iam::000000000000:role/x', input: '{"at":"<aws.scheduler.scheduled-time>"}' },
    });
  });
});

afterAll(() => test1.cloud.close());

test('a mail is kept, and nothing is sent', async () => {
  const client = new SESv2Client(test1.cloud.clientConfig);
  await client.send(
    new SendEmailCommand({
      FromEmailAddress: 'shop@example.com',
      Destination: { ToAddresses: ['user@example.com'] },
      Content: {
        Simple: { Subject: { Data: 'Done' }, Body: { Text: { Data: 'Your order is complete.' }, Html: { Data: '<p>done</p>' } } },
      },
    }),
  );
  await client.send(
    new SendEmailCommand({
      Destination: { ToAddresses: ['user@example.com'] },
      Content: { Template: { TemplateName: 'done', TemplateData: '{"orderId":"1","status":"paid"}' } },
    }),
  );
  expect(test1.cloud.outbox.messages).toEqual([
    {
      at: new Date('2026-01-01T00:00:00Z'),
      channel: 'email',
      from: 'shop@example.com',
      to: ['user@example.com'],
      subject: 'Done',
      text: 'Your order is complete.',
      html: '<p>done</p>',
    },
    expect.objectContaining({ subject: 'Order 1', text: 'It is paid.' }),
  ]);
  await expect(
    client.send(
      new SendEmailCommand({
        Destination: { ToAddresses: ['user@example.com'] },
        Content: { Template: { TemplateName: 'missing' } },
      }),
    ),
  ).rejects.toMatchObject({ name: 'NotFoundException' });
});

test('a secret is generated once, as its resource defines, and can be replaced', async () => {
  const client = new SecretsManagerClient(test1.cloud.clientConfig);
  const read = async (SecretId: string) => (await client.send(new GetSecretValueCommand({ SecretId }))).SecretString;
  expect(await read('watch-token')).toMatch(/^[A-Za-z0-9]{40}$/);
  expect(await read('watch-token')).toBe(await read('watch-token'));
  expect(parsed(await read('login'))).toEqual({ user: 'orders', password: expect.stringMatching(/^.{32}$/) });
  await client.send(new PutSecretValueCommand({ SecretId: 'login', SecretString: 'new' }));
  expect(await read('login')).toBe('new');
  await expect(read('missing')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

test('a schedule of the template reaches its target at its times', async () => {
  await test1.clock.advance(5 * 86_400_000);
  expect(test1.cloud.queue('due').map(parsed)).toEqual([
    // The first of January 2026 is a Thursday.
    { at: '2026-01-01T09:30:00Z' },
    { at: '2026-01-02T09:30:00Z' },
    { at: '2026-01-05T09:30:00Z' },
  ]);
});

test('a schedule made at run time fires once, unless it is deleted before', async () => {
  const client = new SchedulerClient(test1.cloud.clientConfig);
  const due = new Date(test1.clock.now() + 3_600_000).toISOString().slice(0, 19);
  const schedule = (Name: string) =>
    client.send(
      new CreateScheduleCommand({
        Name,
        ScheduleExpression: `at(${due})`,
        FlexibleTimeWindow: { Mode: 'OFF' },
        Target: { Arn: 'arn:aws:sqs:us-east-1:000000000000:due', RoleArn: 'arn:aws:iam::000000000000:role/x', Input: `"${Name}"` },
        ActionAfterCompletion: 'DELETE',
      }),
    );
  await schedule('kept');
  await schedule('deleted');
  await expect(schedule('kept')).rejects.toMatchObject({ name: 'ConflictException' });
  expect(await client.send(new GetScheduleCommand({ Name: 'kept' }))).toMatchObject({ ScheduleExpression: `at(${due})` });
  await client.send(new DeleteScheduleCommand({ Name: 'deleted' }));
  await test1.clock.advance(3_600_000);
  expect(test1.cloud.queue('due').map(parsed)).toEqual(expect.arrayContaining(['kept']));
  expect(test1.cloud.queue('due').map(parsed)).not.toContain('deleted');
  await expect(client.send(new GetScheduleCommand({ Name: 'kept' }))).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});
