import { CreateScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { App, CfnResource, Duration, Stack } from 'aws-cdk-lib';
import { CfnAccount } from 'aws-cdk-lib/aws-apigateway';
import { CfnAuthorizer, CfnIntegration, HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { AttributeType, StreamViewType, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import { Effect, ManagedPolicy, Policy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { CfnEventInvokeConfig, CfnFunction, Function, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource, SqsDlq, SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { CfnSchedule, Schedule, ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { SqsSendMessage } from 'aws-cdk-lib/aws-scheduler-targets';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { DefinitionBody, IntegrationPattern, Pass, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { StepFunctionsStartExecution } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { LocalCloud } from '../../src';
import { inlineFunction, openCloud } from '../services/cloud-fixture';

/** Makes the resources and ends them again. */
async function create(describe: (stack: Stack) => void): Promise<void> {
  const stack = new Stack(new App(), 'Test');
  describe(stack);
  await (await LocalCloud.fromStack(stack)).close();
}

const LISTENS = { eventPattern: { source: ['shop'] } };

/** A role of another service, and one of the right service that may do nothing. */
const otherRole = (stack: Stack) => new Role(stack, 'Role', { assumedBy: new ServicePrincipal('ec2.amazonaws.com') }).roleArn;
const roleOf = (stack: Stack, service: string, ...managedPolicies: string[]) => new Role(stack, 'Role', {
  assumedBy: new ServicePrincipal(service), managedPolicies: managedPolicies.map((name) => ManagedPolicy.fromAwsManagedPolicyName(name)),
}).roleArn;

const machine = (stack: Stack) => new StateMachine(stack, 'Machine', { definitionBody: DefinitionBody.fromChainable(new Pass(stack, 'Nothing')) });

function reader(stack: Stack): Function {
  return inlineFunction(stack, 'read', 'async () => {}');
}

function deny(grantee: Function | StateMachine, ...actions: string[]): void {
  grantee.addToRolePolicy(new PolicyStatement({ effect: Effect.DENY, actions, resources: ['*'] }));
}

function encryptedTable(stack: Stack): Table {
  return new Table(stack, 'Table', {
    partitionKey: { name: 'id', type: AttributeType.STRING }, stream: StreamViewType.NEW_IMAGE, encryption: TableEncryption.CUSTOMER_MANAGED, encryptionKey: new Key(stack, 'Key'),
  });
}

function integration(stack: Stack, credentialsArn: string): void {
  const { apiId } = new HttpApi(stack, 'Api');
  new CfnIntegration(stack, 'Integration', {
    apiId, integrationType: 'AWS_PROXY', integrationUri: reader(stack).functionArn, payloadFormatVersion: '2.0', credentialsArn,
  });
}

describe('created with a role that is not enough, is refused as AWS does:', () => {
  it.each<[string, (stack: Stack) => unknown, RegExp]>([
    [
      'an event source of an encrypted queue, without the key',
      (stack) => {
        const queue = new Queue(stack, 'Queue', { encryption: QueueEncryption.KMS });
        const reading = reader(stack);
        reading.addEventSource(new SqsEventSource(queue));
        deny(reading, 'kms:Decrypt');
      },
      /does not have permissions to call ReceiveMessage on SQS \(kms:Decrypt on arn:aws:kms:/,
    ],
    [
      'an event source of the stream of an encrypted table, without the key',
      (stack) => {
        const reading = reader(stack);
        reading.addEventSource(new DynamoEventSource(encryptedTable(stack), { startingPosition: StartingPosition.LATEST }));
        deny(reading, 'kms:Decrypt');
      },
      /Cannot access stream arn:aws:dynamodb:.*\(kms:Decrypt on arn:aws:kms:/,
    ],
    [
      'an event source with a dead-letter queue that its function may not send to',
      (stack) => {
        const reading = reader(stack);
        const onFailure = new SqsDlq(new Queue(stack, 'Failed'));
        reading.addEventSource(new DynamoEventSource(encryptedTable(stack), { startingPosition: StartingPosition.LATEST, onFailure }));
        deny(reading, 'sqs:SendMessage');
      },
      /property DestinationConfig.*The function execution role does not have permissions to call SendMessage on SQS \(sqs:SendMessage on /,
    ],
    [
      'a function with a dead-letter queue that it may not send to',
      (stack) => {
        (reader(stack).node.defaultChild as CfnFunction).deadLetterConfig = { targetArn: new Queue(stack, 'Failed').queueArn };
      },
      /property DeadLetterConfig.*The provided execution role does not have permissions to call SendMessage on SQS/,
    ],
    [
      'a destination that its function may not send to',
      (stack) => new CfnEventInvokeConfig(stack, 'Config', {
        functionName: reader(stack).functionName, qualifier: '$LATEST', destinationConfig: { onFailure: { destination: new Queue(stack, 'Failed').queueArn } },
      }),
      /The function's execution role does not have permissions to call SendMessage on arn:aws:sqs:us-east-1:000000000000:Test-Failed/,
    ],
    [
      'a rule with a target whose role EventBridge cannot assume',
      (stack) => new CfnRule(stack, 'Rule', { ...LISTENS, targets: [{ id: 'a', arn: machine(stack).stateMachineArn, roleArn: otherRole(stack) }] }),
      /property Targets.*Provided role 'arn:aws:iam::000000000000:role\/Test-Role\w+' cannot be assumed by principal 'events\.amazonaws\.com'\./,
    ],
    [
      'a rule whose own role EventBridge cannot assume',
      (stack) => new CfnRule(stack, 'Rule', { ...LISTENS, roleArn: otherRole(stack) }),
      /property RoleArn.*cannot be assumed by principal 'events\.amazonaws\.com'/,
    ],
    [
      'a rule that starts a state machine without a role',
      (stack) => new CfnRule(stack, 'Rule', { ...LISTENS, targets: [{ id: 'a', arn: machine(stack).stateMachineArn }] }),
      /RoleArn is required for target arn:aws:states:us-east-1:000000000000:stateMachine:/,
    ],
    [
      'a schedule whose role Scheduler cannot assume',
      (stack) => new CfnSchedule(stack, 'Schedule', {
        scheduleExpression: 'rate(1 hour)', flexibleTimeWindow: { mode: 'OFF' }, target: { arn: new Queue(stack, 'Queue').queueArn, roleArn: otherRole(stack) },
      }),
      /The execution role you provide must allow AWS EventBridge Scheduler to assume the role\./,
    ],
    [
      'a schedule whose role admits the schedule itself, and not its group',
      (stack) => {
        const arn = 'arn:aws:scheduler:us-east-1:000000000000:schedule/default/sweep';
        const assumedBy = new ServicePrincipal('scheduler.amazonaws.com', { conditions: { ArnLike: { 'aws:SourceArn': arn } } });
        new CfnSchedule(stack, 'Schedule', {
          name: 'sweep',
          scheduleExpression: 'rate(1 hour)',
          flexibleTimeWindow: { mode: 'OFF' },
          target: { arn: new Queue(stack, 'Queue').queueArn, roleArn: new Role(stack, 'Role', { assumedBy }).roleArn },
        });
      },
      /must allow AWS EventBridge Scheduler to assume the role\./,
    ],
    [
      'the account of API Gateway with a role that it cannot assume',
      (stack) => new CfnAccount(stack, 'Account', { cloudWatchRoleArn: otherRole(stack) }),
      /The role ARN does not have required permissions configured\. Please grant trust permission for API Gateway and add the required role policy\. \(sts:AssumeRole/,
    ],
    [
      'the account of API Gateway with a role that may not write logs',
      (stack) => new CfnAccount(stack, 'Account', { cloudWatchRoleArn: roleOf(stack, 'apigateway.amazonaws.com') }),
      /The role ARN does not have required permissions configured.*\(logs:CreateLogGroup on \*\)/,
    ],
    ['an integration with a role that API Gateway cannot assume', (stack) => integration(stack, otherRole(stack)), /property CredentialsArn.*API Gateway cannot assume the role/],
    [
      'an authorizer with a role that API Gateway cannot assume',
      (stack) => new CfnAuthorizer(stack, 'Authorizer', {
        apiId: new HttpApi(stack, 'Api').apiId, authorizerType: 'REQUEST', name: 'a', authorizerUri: reader(stack).functionArn, authorizerCredentialsArn: otherRole(stack),
      }),
      /property AuthorizerCredentialsArn.*API Gateway cannot assume the role/,
    ],
    [
      'a state machine that waits for another without the rule by which it learns of the end',
      (stack) => {
        const task = new StepFunctionsStartExecution(stack, 'Start', { stateMachine: machine(stack), integrationPattern: IntegrationPattern.RUN_JOB });
        deny(new StateMachine(stack, 'Parent', { definitionBody: DefinitionBody.fromChainable(task) }), 'events:PutRule');
      },
      /'arn:aws:iam::000000000000:role\/Test-ParentRole\w+' is not authorized to create managed-rule\. \(events:PutRule on /,
    ],
  ])('%s', async (_, describe, message) => {
    await expect(create((stack) => void describe(stack))).rejects.toThrow(message);
  });
});

it('what the CDK grants is enough for all of it', async () => {
  await create((stack) => {
    const reading = reader(stack);
    reading.addEventSource(new SqsEventSource(new Queue(stack, 'Queue', { encryption: QueueEncryption.KMS })));
    reading.addEventSource(new DynamoEventSource(encryptedTable(stack), { startingPosition: StartingPosition.LATEST, onFailure: new SqsDlq(new Queue(stack, 'Failed')) }));
    new Schedule(stack, 'Schedule', { schedule: ScheduleExpression.rate(Duration.hours(1)), target: new SqsSendMessage(new Queue(stack, 'Scheduled')) });
    inlineFunction(stack, 'asynchronous', 'async () => {}', { deadLetterQueue: new Queue(stack, 'Letters') });
    const task = new StepFunctionsStartExecution(stack, 'Start', { stateMachine: machine(stack), integrationPattern: IntegrationPattern.RUN_JOB });
    new StateMachine(stack, 'Parent', { definitionBody: DefinitionBody.fromChainable(task) });
    new CfnAccount(stack, 'Account', { cloudWatchRoleArn: roleOf(stack, 'apigateway.amazonaws.com', 'service-role/AmazonAPIGatewayPushToCloudWatchLogs') });
  });
});

it('a grant that stands before what needs it in the template does not count unless it is depended on', async () => {
  const describe = (isDependedOn: boolean) => (stack: Stack) => {
    const queue = new Queue(stack, 'Queue');
    const role = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    const statements = [new PolicyStatement({ actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], resources: [queue.queueArn] })];
    const grant = new Policy(stack, 'Grant', { statements, roles: [role] });
    const reading = inlineFunction(stack, 'read', 'async () => {}', { role: role.withoutPolicyUpdates() });
    const mapping = new CfnResource(stack, 'Mapping', {
      type: 'AWS::Lambda::EventSourceMapping', properties: { FunctionName: reading.functionName, EventSourceArn: queue.queueArn },
    });
    if (isDependedOn) {
      mapping.node.addDependency(grant);
    }
  };
  await expect(create(describe(false))).rejects.toThrow(/ReceiveMessage on SQS.*let the resource depend on the grant/);
  await create(describe(true));
});

it('a schedule that a call creates is refused too where Scheduler cannot assume its role', async () => {
  const { cloud } = await openCloud((stack) => {
    otherRole(stack);
  });
  const RoleArn = cloud.stacks[0].resources.find(({ type }) => type === 'AWS::IAM::Role')!.arn!;
  const input = { Name: 'sweep', ScheduleExpression: 'rate(1 hour)', FlexibleTimeWindow: { Mode: 'OFF' }, Target: { Arn: 'arn:aws:sqs:us-east-1:000000000000:queue', RoleArn } } as const;
  await expect(new SchedulerClient(cloud.clientConfig).send(new CreateScheduleCommand(input))).rejects.toMatchObject({
    name: 'ValidationException', message: 'The execution role you provide must allow AWS EventBridge Scheduler to assume the role.',
  });
  await cloud.close();
});
