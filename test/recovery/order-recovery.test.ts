import { Duration, aws_iam as iam } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { RecoveryOptions } from '../../src';
import { workflowOf } from '../support/workflow';

const recovering = (recovery?: RecoveryOptions) => workflowOf(() => [], { steps: undefined, recovery });

describe('with the defaults', () => {
  const { stack, workflow } = recovering();
  const template = Template.fromStack(stack);

  test('open orders are looked through every five minutes, and those looked at that are ten minutes old', () => {
    template.hasResourceProperties('AWS::Events::Rule', { ScheduleExpression: 'rate(5 minutes)', State: 'ENABLED' });
    template.hasResourceProperties('AWS::Lambda::Function', { Environment: { Variables: Match.objectLike({ OVERDUE_SECONDS: '600' }) } });
  });

  test('the end of an execution that is not a success is told to the sweeper, and kept when it cannot be', () => {
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

  test('the sweeper may ask about executions of the two machines, and of no other', () => {
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

  test('a sweeper that fails is told of', () => {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmDescription: Match.stringLikeRegexp('^Open orders could not be looked through'),
      AlarmActions: [Match.anyValue()],
      OKActions: [Match.anyValue()],
    });
  });

  test('what was made can be reached', () => {
    expect(workflow.recovery.sweeperFunction.functionArn).toBeDefined();
    expect(workflow.repairFunction).toBe(workflow.recovery.repairFunction);
  });
});

test('who may repair orders may call one function, and nothing else', () => {
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

test('the times are those of the team', () => {
  const { stack } = recovering({ sweepInterval: Duration.minutes(1), overdueAfter: Duration.hours(1) });
  const template = Template.fromStack(stack);

  template.hasResourceProperties('AWS::Events::Rule', { ScheduleExpression: 'rate(1 minute)' });
  template.hasResourceProperties('AWS::Lambda::Function', { Environment: { Variables: Match.objectLike({ OVERDUE_SECONDS: '3600' }) } });
});

test.each([
  [{ sweepInterval: Duration.seconds(30) }, 'sweepInterval is 30 seconds: give a minute or more'],
  [{ overdueAfter: Duration.minutes(5) }, 'overdueAfter is 5 minutes: give 330 seconds or more, so that no order is looked at whose execution may be running'],
])('times that would do harm are refused: %j', (recovery, message) => {
  expect(() => recovering(recovery)).toThrow(message);
});
