import { Match, Template } from 'aws-cdk-lib/assertions';
import { OrderProcessingWorkflow } from '../../src';
import { newStack } from '../support/workflow';

describe('a workflow with the defaults', () => {
  const stack = newStack();
  const workflow = new OrderProcessingWorkflow(stack, 'Orders');
  const template = Template.fromStack(stack);

  test('retains and protects its tables, with point-in-time recovery, and a stream of the orders', () => {
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

  test('has a STANDARD state machine with tracing, logs without execution data, and an alias', () => {
    template.hasResourceProperties('AWS::StepFunctions::StateMachine', {
      StateMachineType: 'STANDARD',
      TracingConfiguration: { Enabled: true },
      LoggingConfiguration: Match.objectLike({ Level: 'ALL', IncludeExecutionData: false }),
    });
    template.hasResourceProperties('AWS::StepFunctions::StateMachineAlias', { Name: 'live' });
  });

  test('has a topic with TLS only and a key that alarms and rules may use', () => {
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

  test('gives each function its own role without managed policies, and logs with a retention', () => {
    template.allResourcesProperties('AWS::Lambda::Function', Match.objectLike({
      Architectures: ['arm64'], MemorySize: 256, TracingConfig: { Mode: 'Active' }, LoggingConfig: { LogGroup: Match.anyValue() },
    }));
    template.allResourcesProperties('AWS::IAM::Role', Match.not(Match.objectLike({ ManagedPolicyArns: Match.anyValue() })));
    template.allResourcesProperties('AWS::Logs::LogGroup', Match.objectLike({ RetentionInDays: 30 }));
    expect(Object.keys(template.findResources('AWS::IAM::Role'))).toHaveLength(8);
  });

  test('grants each function only the table actions of its step', () => {
    const actions = Object.fromEntries(Object.entries(template.findResources('AWS::IAM::Policy')).map(([id, { Properties }]) => [
      id.replace(/^Orders(Saga)?|DefaultPolicy.*$/g, ''),
      Properties.PolicyDocument.Statement.flatMap(({ Action }: any) => Action).filter((action: string) => action.startsWith('dynamodb:')).sort(),
    ]));
    expect(actions).toEqual({
      StateMachineRole: ['dynamodb:GetItem', 'dynamodb:UpdateItem'],
      StatusPublisherFunctionResourcesRole: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:ListStreams'],
      StepsValidateOrderFunctionResourcesRole: ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
      StepsReserveInventoryFunctionResourcesRole: ['dynamodb:GetItem', 'dynamodb:UpdateItem', 'dynamodb:UpdateItem'],
      StepsReserveInventoryReleaseFunctionResourcesRole: ['dynamodb:GetItem', 'dynamodb:UpdateItem', 'dynamodb:UpdateItem'],
      RecoveryStateMachineRole: ['dynamodb:GetItem', 'dynamodb:UpdateItem'],
      RecoveryOrderSweeperFunctionResourcesRole: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],
      RecoveryRepairOrderResourcesRole: ['dynamodb:GetItem', 'dynamodb:UpdateItem'],
    });
  });

  test('has its resources as attributes', () => {
    expect(workflow.ordersTable).toBe(workflow.tables.orders);
    expect(workflow.productsTable).toBe(workflow.tables.products);
    expect(workflow.stateMachine).toBe(workflow.saga.stateMachine);
    expect(workflow.alerts.topic.topicArn).toBeDefined();
    expect(workflow.alerts.encryptionKey).toBeDefined();
    expect(workflow.saga.logGroup.logGroupName).toBeDefined();
    expect(workflow.hasDecideFunction).toBe(false);
  });

  test('gives no resource a physical name, but for the log groups that AWS services deliver to', () => {
    for (const { Properties } of Object.values<any>(template.toJSON().Resources)) {
      expect(Properties).not.toHaveProperty(['TableName']);
      expect(Properties).not.toHaveProperty(['StateMachineName']);
      expect(Properties).not.toHaveProperty(['TopicName']);
      expect(Properties).not.toHaveProperty(['RoleName']);
    }
    for (const { Properties } of Object.values(template.findResources('AWS::Logs::LogGroup'))) {
      expect(JSON.stringify(Properties.LogGroupName ?? '"/aws/vendedlogs/')).toContain('"/aws/vendedlogs/');
    }
  });
});
