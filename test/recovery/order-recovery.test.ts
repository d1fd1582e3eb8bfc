import { Duration, aws_dynamodb as dynamodb, aws_iam as iam, aws_kms as kms, aws_sns as sns } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { OrderProcessingWorkflow, RecoveryOptions } from '../../src';
import { newStack, workflowOf } from '../support/workflow';

const recovering = (recovery?: RecoveryOptions) => workflowOf(() => [], { steps: undefined, recovery });

describe('with the defaults', () => {
  const { stack, workflow } = recovering();
  const template = Template.fromStack(stack);

  test('open orders are swept every five minutes, and checked when they are ten minutes old', () => {
    template.hasResourceProperties('AWS::Events::Rule', { ScheduleExpression: 'rate(5 minutes)', State: 'ENABLED' });
    template.hasResourceProperties('AWS::Lambda::Function', { Environment: { Variables: Match.objectLike({ OVERDUE_SECONDS: '600' }) } });
  });

  test('the sweeper receives the end of an execution that did not succeed, and a dead-letter queue keeps what it cannot receive', () => {
    template.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: {
        'source': ['aws.states'],
        'detail-type': ['Step Functions Execution Status Change'],
        'detail': {
          stateMachineArn: [{ Ref: Match.stringLikeRegexp('^OrdersSaga') }],
          status: ['FAILED', 'TIMED_OUT', 'ABORTED'],
        },
      },
      Targets: [Match.objectLike({ DeadLetterConfig: { Arn: Match.anyValue() }, RetryPolicy: { MaximumRetryAttempts: 3 } })],
    });
  });

  test('the sweeper may describe executions of the two state machines, and of no other', () => {
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: Match.objectLike({
        Statement: Match.arrayWith([{
          Effect: 'Allow',
          Action: ['states:DescribeExecution', 'states:GetExecutionHistory'],
          Resource: [
            { 'Fn::Join': ['', Match.arrayWith([{ 'Fn::GetAtt': [Match.stringLikeRegexp('^OrdersSagaStateMachine'), 'Name'] }])] },
            { 'Fn::Join': ['', Match.arrayWith([{ 'Fn::GetAtt': [Match.stringLikeRegexp('^OrdersRecoveryStateMachine'), 'Name'] }])] },
          ],
        }]),
      }),
    });
  });

  test('a sweeper that fails, or is no longer invoked, raises an alarm', () => {
    template.hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
      FunctionName: { Ref: Match.stringLikeRegexp('OrderSweeper') },
      DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': [Match.stringLikeRegexp('OrderSweeperDeadLetters'), 'Arn'] } } },
    });
    for (const description of ['^The sweeper could not check open orders, or one whose execution was interrupted', '^The sweeper does not run, so open orders are not checked: see "The sweeper does not run"']) {
      template.hasResourceProperties('AWS::CloudWatch::Alarm', {
        AlarmDescription: Match.stringLikeRegexp(description), AlarmActions: [Match.anyValue()], OKActions: [Match.anyValue()],
      });
    }
  });

  test('its functions are attributes of the workflow', () => {
    expect(workflow.recovery.sweeperFunction.functionArn).toBeDefined();
    expect(workflow.repairFunction).toBe(workflow.recovery.repairFunction);
  });
});

test('grantRepair allows to invoke one function, and nothing else', () => {
  const { stack, workflow } = recovering();
  const role = new iam.Role(stack, 'Operator', { assumedBy: new iam.AccountRootPrincipal() });
  workflow.grantRepair(role);

  Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
    Roles: [{ Ref: Match.stringLikeRegexp('^Operator') }],
    PolicyDocument: Match.objectLike({
      Statement: [Match.objectLike({
        Action: 'lambda:InvokeFunction',
        Resource: Match.arrayWith([{ 'Fn::GetAtt': [Match.stringLikeRegexp('RepairOrder'), 'Arn'] }]),
      })],
    }),
  });
});

test('an EXPRESS workflow has no rule for events that are never emitted', () => {
  const { stack } = workflowOf(() => [], { steps: undefined, stateMachineType: StateMachineType.EXPRESS });

  Template.fromStack(stack).resourceCountIs('AWS::Events::Rule', 1);
});

test('with existing tables, an existing topic and a key, both state machines may use the key', () => {
  const stack = newStack();
  const encryptionKey = new kms.Key(stack, 'Key');
  const table = (name: string) => dynamodb.Table.fromTableAttributes(stack, name, { tableName: name, tableStreamArn: 'arn:aws:dynamodb:eu-central-1:1:table/x/stream/1' });
  new OrderProcessingWorkflow(stack, 'Orders', {
    encryptionKey,
    ordersTable: table('orders'),
    productsTable: table('products'),
    failureTopic: sns.Topic.fromTopicArn(stack, 'Topic', 'arn:aws:sns:eu-central-1:111111111111:failures'),
  });

  const template = Template.fromStack(stack);
  for (const role of ['OrdersSagaStateMachineRole', 'OrdersRecoveryStateMachineRole']) {
    template.hasResourceProperties('AWS::IAM::Policy', {
      Roles: [{ Ref: Match.stringLikeRegexp(role) }],
      PolicyDocument: Match.objectLike({
        Statement: Match.arrayWith([{
          Effect: 'Allow',
          Action: Match.arrayWith(['kms:Decrypt', 'kms:GenerateDataKey']),
          Resource: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Key'), 'Arn'] },
        }]),
      }),
    });
  }
});

test('the intervals can be set', () => {
  const { stack } = recovering({ sweepInterval: Duration.minutes(1), overdueAfter: Duration.hours(1) });
  const template = Template.fromStack(stack);

  template.hasResourceProperties('AWS::Events::Rule', { ScheduleExpression: 'rate(1 minute)' });
  template.hasResourceProperties('AWS::Lambda::Function', { Environment: { Variables: Match.objectLike({ OVERDUE_SECONDS: '3600' }) } });
});

test.each([
  [{ sweepInterval: Duration.seconds(30) }, 'sweepInterval is 30 seconds: give whole minutes, from one to 360'],
  [{ overdueAfter: Duration.minutes(5) }, 'overdueAfter is 5 minutes: give 330 seconds or more, so that no order is checked whose execution may be running'],
])('intervals that cannot work are refused: %j', (recovery, message) => {
  expect(() => recovering(recovery)).toThrow(message);
});
