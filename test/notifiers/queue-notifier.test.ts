import { Stack } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { QueueNotifier } from '../../src';
import { templateOf } from '../support/workflow-template';

/** What EventBridge may do with the resources of a type: the actions of each statement, and its conditions. */
function allowedToEvents(queue: (stack: Stack) => sqs.IQueue, type: string, policy: string): Array<[string | string[], unknown]> {
  const template = templateOf((stack) => ({ notifiers: [new QueueNotifier(queue(stack))] }));
  const receivers = Object.entries(template.findResources(type)).filter(([id]) => id.startsWith('Receiver'));
  const statements = receivers.flatMap(([, { Properties }]) => Properties[policy].Statement as any[]);
  return statements.filter(({ Principal }) => Principal.Service === 'events.amazonaws.com').map(({ Action, Condition }) => [Action, Condition]);
}

test('a queue lets the rule of its notifier send to it, and no more', () => {
  expect(allowedToEvents((stack) => new sqs.Queue(stack, 'Receiver'), 'AWS::SQS::QueuePolicy', 'PolicyDocument')).toEqual([
    ['sqs:SendMessage', { ArnEquals: { 'aws:SourceArn': { 'Fn::GetAtt': [expect.stringMatching(/^OrdersNotifiersQueueRule/), 'Arn'] } } }],
  ]);
});

// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
test('an encrypted queue lets EventBridge send to it, and its key lets it generate and decrypt data keys, and no more', () => {
  const encrypted = (stack: Stack) => new sqs.Queue(stack, 'Receiver', { encryptionMasterKey: new kms.Key(stack, 'ReceiverKey') });
  expect(allowedToEvents(encrypted, 'AWS::SQS::QueuePolicy', 'PolicyDocument')).toEqual([['sqs:SendMessage', undefined]]);
  expect(allowedToEvents(encrypted, 'AWS::KMS::Key', 'KeyPolicy')).toEqual([[['kms:Decrypt', 'kms:GenerateDataKey'], undefined]]);
});

test('an imported queue gets no policy, which would replace its own', () => {
  const imported = (stack: Stack) => sqs.Queue.fromQueueArn(stack, 'Receiver', 'arn:aws:sqs:eu-central-1:111111111111:changes');
  expect(allowedToEvents(imported, 'AWS::SQS::QueuePolicy', 'PolicyDocument')).toEqual([]);
});
