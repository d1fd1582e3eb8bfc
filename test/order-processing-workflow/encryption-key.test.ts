import { App } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import { HttpIntake, OrderProcessingWorkflow } from '../../src';
import { full } from '../integ/full';
import { newStack } from '../support/workflow';

describe('an encryptionKey', () => {
  const template = Template.fromStack(full(new App()));

  test('encrypts tables, topic and execution history', () => {
    template.resourceCountIs('AWS::KMS::Key', 1);
    template.allResourcesProperties('AWS::DynamoDB::Table', Match.objectLike({ SSESpecification: Match.objectLike({ SSEType: 'KMS' }) }));
    template.hasResourceProperties('AWS::SNS::Topic', { KmsMasterKeyId: Match.anyValue() });
    template.hasResourceProperties('AWS::StepFunctions::StateMachine', {
      EncryptionConfiguration: Match.objectLike({ Type: 'CUSTOMER_MANAGED_KMS_KEY' }),
    });
  });

  test('may be used by every function that works with a table', () => {
    const policies = Object.entries(template.findResources('AWS::IAM::Policy')).filter(([, { Properties }]) =>
      JSON.stringify(Properties).includes('dynamodb:'));
    const without = policies.filter(([, { Properties }]) => !JSON.stringify(Properties).includes('kms:Decrypt')).map(([id]) => id);
    expect(policies.length).toBeGreaterThan(5);
    expect(without).toEqual([]);
  });

  test('lets CloudWatch Logs use it, once', () => {
    const [{ Properties }] = Object.values(template.findResources('AWS::KMS::Key'));
    expect(Properties.KeyPolicy.Statement.filter(({ Sid }: { Sid?: string }) => Sid === 'AllowLogs')).toHaveLength(1);
  });

  test('lets the delivery of logs use it, once', () => {
    const [{ Properties }] = Object.values(template.findResources('AWS::KMS::Key'));
    expect(Properties.KeyPolicy.Statement.filter(({ Principal }: any) => Principal.Service === 'delivery.logs.amazonaws.com')).toHaveLength(1);
  });

  // Each statement that a key of the app gets, one of which the CDK adds: an imported key gets none of them.
  test('that is imported gets a warning for each statement that a key of the app gets', () => {
    const [own, imported] = [newStack(), newStack()];
    const props = { statusFeed: {}, intakes: [new HttpIntake()] };
    new OrderProcessingWorkflow(own, 'Orders', { ...props, encryptionKey: new kms.Key(own, 'Key') });
    const encryptionKey = kms.Key.fromKeyArn(imported, 'Key', 'arn:aws:kms:eu-central-1:111111111111:key/1');
    new OrderProcessingWorkflow(imported, 'Orders', { ...props, intakes: [new HttpIntake()], encryptionKey });

    const [{ Properties: { KeyPolicy } }] = Object.values(Template.fromStack(own).findResources('AWS::KMS::Key'));
    const services = KeyPolicy.Statement.flatMap(({ Principal }: any) => Principal.Service ?? []);
    const warned = Annotations.fromStack(imported).findWarning('*', Match.stringLikeRegexp('not ours to change')).map(({ entry }) => String(entry.data));
    expect(services.length).toBeGreaterThan(3);
    expect(services.filter((service: string) => !warned.some((text) => text.includes(service)))).toEqual([]);
  });

  test('that is imported gets a warning with the statements that its policy needs', () => {
    const stack = newStack();
    const encryptionKey = kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-central-1:111111111111:key/1');
    new OrderProcessingWorkflow(stack, 'Orders', { encryptionKey });
    const annotations = Annotations.fromStack(stack);
    annotations.hasWarning('*', Match.stringLikeRegexp('not ours to change: add to it .*AllowLogs'));
    annotations.hasWarning('*', Match.stringLikeRegexp('not ours to change: add to it .*AllowMessaging'));
    annotations.hasWarning('*', Match.stringLikeRegexp('not ours to change: add to it .*delivery.logs.amazonaws.com'));
  });

  test('does not change the removal policy of the tables that steps create', () => {
    template.allResources('AWS::DynamoDB::Table', {
      DeletionPolicy: 'Delete', Properties: Match.objectLike({ DeletionProtectionEnabled: false }),
    });
    template.resourceCountIs('AWS::DynamoDB::Table', 3);
  });

  test('does not change that email may be sent from the sender only', () => {
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: Match.objectLike({
        Statement: Match.arrayWith([Match.objectLike({
          Action: 'ses:SendEmail',
          Resource: [':identity/shop@example.com', ':identity/example.com'].map((end) => ({
            'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':ses:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, end]],
          })),
        })]),
      }),
    });
  });
});
