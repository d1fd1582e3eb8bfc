import { App } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as sns from 'aws-cdk-lib/aws-sns';
import { OrderProcessingWorkflow, OrderTables } from '../../src';
import { existing } from '../integ/existing';
import { newStack } from '../support/workflow';

describe('a workflow with existing resources', () => {
  const template = Template.fromStack(existing(new App()));

  test('creates no table and no topic', () => {
    template.resourceCountIs('AWS::DynamoDB::Table', 0);
    template.resourceCountIs('AWS::SNS::Topic', 0);
    template.resourceCountIs('AWS::KMS::Key', 0);
  });

  test('gives its functions the function settings', () => {
    template.hasResourceProperties('AWS::Lambda::Function', {
      Description: 'Reserves the stock for the lines of an order',
      Architectures: ['x86_64'],
      MemorySize: 512,
      Runtime: 'nodejs24.x',
      VpcConfig: { SubnetIds: ['subnet-11111111'] },
    });
    template.hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 7 });
  });

  test('lets a function in a VPC use network interfaces', () => {
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: Match.objectLike({
        Statement: Match.arrayWith([Match.objectLike({ Action: ['ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets'] })]),
      }),
    });
  });

  test('invokes existing functions in place of its own', () => {
    expect(Object.values(template.findResources('AWS::Lambda::Function')).map(({ Properties }) => Properties.Description).filter(Boolean)).toEqual([
      'Reserves the stock for the lines of an order', 'Releases the stock of the lines of an order',
      'Recovers orders whose execution was interrupted', 'Repairs an order that needs attention',
    ]);
  });

  test('shares one log group among all functions', () => {
    const stack = newStack();
    const logGroup = new logs.LogGroup(stack, 'Logs');
    new OrderProcessingWorkflow(stack, 'Orders', { functionSettings: { logGroup }, logGroup });
    Template.fromStack(stack).resourceCountIs('AWS::Logs::LogGroup', 1);
  });

  test('lets the state machine use the key of an existing topic', () => {
    const stack = newStack();
    const masterKey = new kms.Key(stack, 'Key');
    new OrderProcessingWorkflow(stack, 'Orders', { failureTopic: new sns.Topic(stack, 'Topic', { masterKey }) });
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: Match.objectLike({
        Statement: Match.arrayWith([Match.objectLike({ Action: Match.arrayWith(['kms:Decrypt']), Resource: stack.resolve(masterKey.keyArn) })]),
      }),
    });
  });

  test('warns of a table without a stream', () => {
    const stack = newStack();
    const ordersTable = new dynamodb.Table(stack, 'Table', { partitionKey: { name: 'orderId', type: dynamodb.AttributeType.STRING } });
    OrderTables.addOpenOrdersIndex(ordersTable);
    new OrderProcessingWorkflow(stack, 'Orders', { ordersTable });
    Annotations.fromStack(stack).hasWarning('/Shop/Orders/Tables', Match.stringLikeRegexp('ordersTable has no stream'));
  });

  test('gives its functions the security groups and subnets', () => {
    const stack = newStack();
    const vpc = new ec2.Vpc(stack, 'Vpc');
    const securityGroups = [new ec2.SecurityGroup(stack, 'Group', { vpc })];
    new OrderProcessingWorkflow(stack, 'Orders', {
      functionSettings: { vpc, securityGroups, vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS } },
    });
    Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Function', {
      VpcConfig: { SecurityGroupIds: [stack.resolve(securityGroups[0].securityGroupId)] },
    });
  });
});
