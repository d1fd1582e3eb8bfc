import { App, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { AwaitApproval, OrderProcessingWorkflow, OrderTables, ProcessPayment, ReserveInventory, ValidateOrder } from '../src';
import { existing } from './integ/existing';
import { full } from './integ/full';
import { newStack } from './support/workflow';

describe('with the defaults', () => {
  const stack = newStack();
  const workflow = new OrderProcessingWorkflow(stack, 'Orders');
  const template = Template.fromStack(stack);

  test('tables are kept, protected, recoverable, and the orders have a stream', () => {
    template.allResources('AWS::DynamoDB::Table', {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: Match.objectLike({
        BillingMode: 'PAY_PER_REQUEST',
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      }),
    });
    template.hasResourceProperties('AWS::DynamoDB::Table', {
      KeySchema: [{ AttributeName: 'orderId', KeyType: 'HASH' }],
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
      GlobalSecondaryIndexes: [Match.objectLike({
        IndexName: 'open-orders',
        KeySchema: [{ AttributeName: 'openShard', KeyType: 'HASH' }, { AttributeName: 'openSince', KeyType: 'RANGE' }],
      })],
    });
  });

  test('the state machine is STANDARD, traced, logged without what orders hold, and published behind an alias', () => {
    template.hasResourceProperties('AWS::StepFunctions::StateMachine', {
      StateMachineType: 'STANDARD',
      TracingConfiguration: { Enabled: true },
      LoggingConfiguration: Match.objectLike({ Level: 'ALL', IncludeExecutionData: false }),
    });
    template.hasResource('AWS::StepFunctions::StateMachineVersion', { DeletionPolicy: 'Retain' });
    template.hasResourceProperties('AWS::StepFunctions::StateMachineAlias', { Name: 'live' });
  });

  test('the topic is encrypted with a key that alarms and rules may use, and takes no plain text', () => {
    template.hasResourceProperties('AWS::KMS::Key', {
      EnableKeyRotation: true,
      KeyPolicy: Match.objectLike({
        Statement: Match.arrayWith([Match.objectLike({
          Principal: { Service: ['cloudwatch.amazonaws.com', 'events.amazonaws.com', 'sns.amazonaws.com'] },
          Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        })]),
      }),
    });
    template.hasResourceProperties('AWS::SNS::Topic', { KmsMasterKeyId: Match.anyValue() });
    template.hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: Match.objectLike({
        Statement: [
          Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
          Match.objectLike({
            Effect: 'Allow',
            Action: 'sns:Publish',
            Principal: { Service: ['cloudwatch.amazonaws.com', 'events.amazonaws.com'] },
            Condition: { StringEquals: { 'aws:SourceAccount': '111111111111' } },
          }),
        ],
      }),
    });
  });

  test('each function has a role of its own without managed policies, and logs that end', () => {
    template.allResourcesProperties('AWS::Lambda::Function', Match.objectLike({
      Architectures: ['arm64'], MemorySize: 256, TracingConfig: { Mode: 'Active' }, LoggingConfig: { LogGroup: Match.anyValue() },
    }));
    template.allResourcesProperties('AWS::IAM::Role', Match.not(Match.objectLike({ ManagedPolicyArns: Match.anyValue() })));
    template.allResourcesProperties('AWS::Logs::LogGroup', Match.objectLike({ RetentionInDays: 30 }));
    expect(Object.keys(template.findResources('AWS::IAM::Role'))).toHaveLength(7);
  });

  test('no function may do more to a table than its step does', () => {
    const actions = Object.fromEntries(Object.entries(template.findResources('AWS::IAM::Policy')).map(([id, { Properties }]) => [
      id.replace(/^Orders(Saga)?|DefaultPolicy.*$/g, ''),
      Properties.PolicyDocument.Statement.flatMap(({ Action }: any) => Action).filter((action: string) => action.startsWith('dynamodb:')).sort(),
    ]));
    expect(actions).toEqual({
      StateMachineRole: ['dynamodb:GetItem', 'dynamodb:UpdateItem', 'dynamodb:UpdateItem'],
      StepsValidateOrderFunctionResourcesRole: ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
      StepsReserveInventoryFunctionResourcesRole: ['dynamodb:GetItem', 'dynamodb:UpdateItem', 'dynamodb:UpdateItem'],
      StepsReserveInventoryReleaseFunctionResourcesRole: ['dynamodb:GetItem', 'dynamodb:UpdateItem', 'dynamodb:UpdateItem'],
      RecoveryStateMachineRole: ['dynamodb:GetItem', 'dynamodb:UpdateItem', 'dynamodb:UpdateItem'],
      RecoveryOrderSweeperFunctionResourcesRole: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],
      RecoveryRepairOrderResourcesRole: ['dynamodb:GetItem', 'dynamodb:UpdateItem'],
    });
  });

  test('everything that was made can be reached', () => {
    expect(workflow.ordersTable).toBe(workflow.tables.orders);
    expect(workflow.productsTable).toBe(workflow.tables.products);
    expect(workflow.stateMachine).toBe(workflow.saga.stateMachine);
    expect(workflow.alerts.topic.topicArn).toBeDefined();
    expect(workflow.alerts.encryptionKey).toBeDefined();
    expect(workflow.saga.logGroup.logGroupName).toBeDefined();
    expect(workflow.hasDecideFunction).toBe(false);
  });

  test('nothing has a name that could be taken', () => {
    for (const { Properties } of Object.values<any>(template.toJSON().Resources)) {
      expect(Properties).not.toHaveProperty(['TableName']);
      expect(Properties).not.toHaveProperty(['StateMachineName']);
      expect(Properties).not.toHaveProperty(['TopicName']);
      expect(Properties).not.toHaveProperty(['RoleName']);
    }
  });
});

describe('existing resources are used instead', () => {
  const template = Template.fromStack(existing(new App()));

  test('no table and no topic is made', () => {
    template.resourceCountIs('AWS::DynamoDB::Table', 0);
    template.resourceCountIs('AWS::SNS::Topic', 0);
    template.resourceCountIs('AWS::KMS::Key', 0);
  });

  test('our functions are tuned by one struct', () => {
    template.hasResourceProperties('AWS::Lambda::Function', {
      Description: 'Takes the lines of an order from the stock',
      Architectures: ['x86_64'],
      MemorySize: 512,
      Runtime: 'nodejs24.x',
      VpcConfig: { SubnetIds: ['subnet-1'] },
    });
    template.hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 7 });
  });

  test('a function in a VPC may use network interfaces', () => {
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: Match.objectLike({
        Statement: Match.arrayWith([Match.objectLike({ Action: ['ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets'] })]),
      }),
    });
  });

  test('a function of a user takes the place of ours', () => {
    expect(Object.values(template.findResources('AWS::Lambda::Function')).map(({ Properties }) => Properties.Description).filter(Boolean)).toEqual([
      'Takes the lines of an order from the stock', 'Gives the lines of an order back',
      'Takes up orders whose execution has died', 'Goes on with an order that needs attention',
    ]);
  });

  test('one log group can serve all functions', () => {
    const stack = newStack();
    const logGroup = new logs.LogGroup(stack, 'Logs');
    new OrderProcessingWorkflow(stack, 'Orders', { functionSettings: { logGroup }, logGroup });
    Template.fromStack(stack).resourceCountIs('AWS::Logs::LogGroup', 1);
  });

  test('a brought topic tells its key, so that the state machine may use it', () => {
    const stack = newStack();
    const masterKey = new kms.Key(stack, 'Key');
    new OrderProcessingWorkflow(stack, 'Orders', { failureTopic: new sns.Topic(stack, 'Topic', { masterKey }) });
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: Match.objectLike({
        Statement: Match.arrayWith([Match.objectLike({ Action: Match.arrayWith(['kms:Decrypt']), Resource: stack.resolve(masterKey.keyArn) })]),
      }),
    });
  });

  test('a table without a stream is warned about', () => {
    const stack = newStack();
    const ordersTable = new dynamodb.Table(stack, 'Table', { partitionKey: { name: 'orderId', type: dynamodb.AttributeType.STRING } });
    OrderTables.addOpenOrdersIndex(ordersTable);
    new OrderProcessingWorkflow(stack, 'Orders', { ordersTable });
    Annotations.fromStack(stack).hasWarning('/Shop/Orders/Tables', Match.stringLikeRegexp('ordersTable has no stream'));
  });

  test('security groups and subnets are handed on', () => {
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

describe('one key for all', () => {
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

  test('that was imported cannot be changed, so what its policy needs is said', () => {
    const stack = newStack();
    const encryptionKey = kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-central-1:111111111111:key/1');
    new OrderProcessingWorkflow(stack, 'Orders', { encryptionKey });
    const annotations = Annotations.fromStack(stack);
    annotations.hasWarning('*', Match.stringLikeRegexp('not ours to change: add to it .*AllowLogs'));
    annotations.hasWarning('*', Match.stringLikeRegexp('not ours to change: add to it .*AllowMessaging'));
  });

  test('the removal policy reaches the tables that steps make', () => {
    template.allResources('AWS::DynamoDB::Table', {
      DeletionPolicy: 'Delete', Properties: Match.objectLike({ DeletionProtectionEnabled: false }),
    });
    template.resourceCountIs('AWS::DynamoDB::Table', 3);
  });

  test('mail may be sent from the sender only', () => {
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

describe('grants', () => {
  const stack = newStack();
  const role = new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() });
  const workflow = new OrderProcessingWorkflow(stack, 'Orders', { steps: [new ValidateOrder(), new AwaitApproval()] });
  workflow.grantStartOrder(role);
  workflow.grantReadOrders(role);
  workflow.grantDecide(role);
  const template = Template.fromStack(stack);

  function grantedTo(actions: unknown): void {
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: Match.objectLike({ Statement: Match.arrayWith([Match.objectLike({ Action: actions })]) }),
      Roles: [stack.resolve(role.roleName)],
    });
  }

  /** What lets a role scan. */
  function readableBy(reader: iam.Role, inStack: Stack): any[] {
    const policies = Object.values<any>(Template.fromStack(inStack).findResources('AWS::IAM::Policy')).map(({ Properties }) => Properties);
    const { PolicyDocument } = policies.find(({ Roles }) => JSON.stringify(Roles) === JSON.stringify([inStack.resolve(reader.roleName)]));
    return PolicyDocument.Statement.filter(({ Action }: any) => Action.includes('dynamodb:Scan'));
  }

  test('to start orders, at the state machine and its alias', () => {
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: Match.objectLike({
        Statement: Match.arrayWith([{
          Action: 'states:StartExecution',
          Effect: 'Allow',
          Resource: [stack.resolve(workflow.stateMachine.stateMachineArn), stack.resolve(workflow.saga.aliasArn)],
        }]),
      }),
    });
  });

  test('to read orders', () => grantedTo(Match.arrayWith(['dynamodb:Query', 'dynamodb:GetItem'])));

  test('to read orders, with their index once and without a statement of its own', () => {
    const granted = readableBy(role, stack).map(({ Resource }) => Resource);
    const tableArn = stack.resolve(workflow.ordersTable.tableArn);
    expect(granted).toEqual([[tableArn, { 'Fn::Join': ['', [tableArn, '/index/*']] }]]);
  });

  test('to read orders of a table that is imported by its name, and the index that lists the open ones', () => {
    const elsewhere = newStack();
    const operators = new iam.Role(elsewhere, 'Role', { assumedBy: new iam.AccountRootPrincipal() });
    const ordersTable = dynamodb.Table.fromTableName(elsewhere, 'Imported', 'orders');
    const grant = new OrderProcessingWorkflow(elsewhere, 'Orders', { ordersTable }).grantReadOrders(operators);

    const ofIndex = elsewhere.resolve(`${ordersTable.tableArn}/index/open-orders`);
    expect(readableBy(operators, elsewhere)).toContainEqual({ Action: ['dynamodb:Query', 'dynamodb:Scan'], Effect: 'Allow', Resource: ofIndex });
    expect(grant.success).toBe(true);
  });

  test('to decide, through the function that answers the wait', () => {
    grantedTo('lambda:InvokeFunction');
    expect(workflow.decideFunction).toBe(workflow.saga.decideFunction);
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: Match.objectLike({ Statement: Match.arrayWith([Match.objectLike({ Action: Match.arrayWith(['states:SendTaskSuccess']) })]) }),
    });
  });

  test('not to decide where no step waits', () => {
    const without = new OrderProcessingWorkflow(newStack(), 'Orders');
    expect(() => without.grantDecide(role)).toThrow(/no step waits for a decision, so there is no decideFunction: add AwaitApproval to steps/);
  });
});

describe('metrics', () => {
  const stack = newStack();
  const workflow = new OrderProcessingWorkflow(stack, 'Orders');

  test('count what was rejected by the state that the log shows, of this machine alone', () => {
    const metric = workflow.metrics.metricOrdersRejected();
    Template.fromStack(stack).hasResourceProperties('AWS::Logs::MetricFilter', {
      FilterPattern: { 'Fn::Join': ['', Match.arrayWith([Match.stringLikeRegexp('Order rejected.*execution_arn'), Match.stringLikeRegexp(':')])] },
      MetricTransformations: [Match.objectLike({ MetricName: metric.metricName, MetricNamespace: metric.namespace })],
    });
    expect(metric.statistic).toBe('Sum');
  });

  test('count as completed what succeeded and was neither rejected nor left to another execution', () => {
    const { expression, usingMetrics } = workflow.metrics.metricOrdersCompleted();
    expect(expression).toBe('FILL(succeeded, 0) - FILL(rejected, 0) - FILL(duplicate, 0)');
    expect(usingMetrics).toMatchObject({
      succeeded: { metricName: 'ExecutionsSucceeded' }, rejected: { metricName: 'OrdersRejected' }, duplicate: { metricName: 'OrdersDuplicate' },
    });
  });

  test('count what was started and failed by the executions', () => {
    expect(workflow.metrics.metricOrdersStarted().metricName).toBe('ExecutionsStarted');
    expect(workflow.metrics.metricOrdersFailed({ label: 'failed' })).toMatchObject({ metricName: 'ExecutionsFailed', label: 'failed' });
  });

  test('of two workflows do not meet', () => {
    const other = new OrderProcessingWorkflow(stack, 'MoreOrders');
    expect(other.metrics.metricOrdersRejected().namespace).not.toBe(workflow.metrics.metricOrdersRejected().namespace);
  });
});

test('a simulated payment is warned about at synth', () => {
  const stack = newStack();
  new OrderProcessingWorkflow(stack, 'Orders', { steps: [new ValidateOrder(), ProcessPayment.simulated()] });
  Annotations.fromStack(stack).hasWarning('*', Match.stringLikeRegexp('only simulates payments: no money moves'));
});

test('an EXPRESS workflow runs the same steps', () => {
  const stack = newStack();
  new OrderProcessingWorkflow(stack, 'Orders', { stateMachineType: sfn.StateMachineType.EXPRESS, removalPolicy: RemovalPolicy.DESTROY });
  Template.fromStack(stack).hasResourceProperties('AWS::StepFunctions::StateMachine', { StateMachineType: 'EXPRESS' });
});

test('the validator of the CDK finds nothing to mend in the default workflow', () => {
  const app = new App();
  new OrderProcessingWorkflow(new Stack(app, 'Shop'), 'Orders', { steps: [new ValidateOrder(), new ReserveInventory()] });
  expect(() => app.synth()).not.toThrow();
});

test('a runtime can be set where a region has no newer one', () => {
  const stack = newStack();
  new OrderProcessingWorkflow(stack, 'Orders', { functionSettings: { runtime: lambda.Runtime.NODEJS_22_X } });
  Template.fromStack(stack).allResourcesProperties('AWS::Lambda::Function', Match.objectLike({ Runtime: 'nodejs22.x' }));
});
