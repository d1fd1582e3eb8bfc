import { Duration } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { WebSocketIamAuthorizer, WebSocketLambdaAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { OrderProcessingWorkflow } from '../../src';
import { newStack, userFunction } from '../support/workflow';
import { actions, added, statements, templateOf } from '../support/workflow-template';

const bare = templateOf(() => ({}));
const template = templateOf(() => ({ statusFeed: {} }));
const FEED = /StatusFeed|StatusPublisher/;

test('a feed costs at most 45 resources', () => {
  expect(added(template, bare).length).toBeLessThanOrEqual(45);
});

test('a workflow without a feed has nothing of it', () => {
  bare.resourceCountIs('AWS::ApiGatewayV2::Api', 0);
  expect(Object.keys(bare.toJSON().Resources).filter((id) => id.includes('StatusFeed'))).toEqual([]);
});

describe('the API', () => {
  test('has a deployed stage that is throttled', () => {
    template.hasResourceProperties('AWS::ApiGatewayV2::Stage', {
      StageName: 'live', AutoDeploy: true, DefaultRouteSettings: Match.objectLike({ ThrottlingRateLimit: 500, ThrottlingBurstLimit: 1000 }),
    });
  });

  test('has a route for each message, and one for all others', () => {
    const routes = Object.values(template.findResources('AWS::ApiGatewayV2::Route')).map(({ Properties }) => Properties.RouteKey);
    expect(routes.sort()).toEqual(['$connect', '$default', '$disconnect', 'ping', 'subscribe', 'unsubscribe']);
    expect(Object.keys(template.findResources('AWS::ApiGatewayV2::RouteResponse'))).toHaveLength(4);
  });

  test('has access logs only with accessLogs, without query string, header and message', () => {
    template.hasResourceProperties('AWS::ApiGatewayV2::Stage', { AccessLogSettings: Match.absent() });
    const logged = templateOf(() => ({ statusFeed: { accessLogs: true } }));
    const [{ Properties: { AccessLogSettings } }] = Object.values(logged.findResources('AWS::ApiGatewayV2::Stage'));
    expect(JSON.stringify(AccessLogSettings.DestinationArn)).toContain('OrdersStatusFeedAccessLogs');
    expect(JSON.parse(AccessLogSettings.Format)).toEqual({
      requestId: '$context.requestId',
      connectionId: '$context.connectionId',
      eventType: '$context.eventType',
      routeKey: '$context.routeKey',
      status: '$context.status',
      requestTime: '$context.requestTime',
      error: '$context.error.messageString',
      integrationError: '$context.integrationErrorMessage',
    });
  });

  test('leaves the role with which API Gateway writes logs to the account', () => {
    templateOf(() => ({ statusFeed: { accessLogs: true } })).resourceCountIs('AWS::ApiGateway::Account', 0);
  });
});

describe('the functions of a feed', () => {
  test('have exactly these permissions', () => {
    expect({
      connect: actions(template, 'ConnectFunction'),
      messages: actions(template, 'MessagesFunction'),
      redrive: actions(template, 'RedriveFunction'),
      publisher: actions(template, 'StatusPublisherFunction'),
    }).toEqual({
      connect: ['dynamodb:PutItem'],
      messages: [
        'dynamodb:BatchWriteItem', 'dynamodb:DeleteItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:UpdateItem',
        'secretsmanager:GetSecretValue',
      ],
      redrive: [
        'dynamodb:BatchWriteItem', 'dynamodb:GetItem', 'dynamodb:Query', 'execute-api:ManageConnections',
        'sqs:DeleteMessage', 'sqs:ReceiveMessage',
      ],
      publisher: [
        'dynamodb:BatchWriteItem', 'dynamodb:DeleteItem', 'dynamodb:DescribeStream', 'dynamodb:GetRecords',
        'dynamodb:GetShardIterator', 'dynamodb:ListStreams', 'dynamodb:Query', 'dynamodb:UpdateItem', 'events:PutEvents',
        'execute-api:ManageConnections', 'sqs:SendMessage',
      ],
    });
  });

  test('have no wildcards but for traces, connections and the list of streams', () => {
    const wild = statements(template, '').filter(({ Resource }) => JSON.stringify(Resource).includes('*'));
    const ours = statements(template, 'StatusFeed').concat(statements(template, 'StatusPublisher'));
    for (const statement of wild.filter((one) => ours.some((other) => JSON.stringify(other) === JSON.stringify(one)))) {
      expect(JSON.stringify(statement)).toMatch(/xray:Put|\/live\/POST\/@connections\/\*|dynamodb:ListStreams/);
    }
    expect(ours.flatMap(({ Action }) => Action).filter((action) => action.includes('*'))).toEqual([]);
  });

  test('that read the orders read them only', () => {
    const reads = statements(template, 'MessagesFunction').filter(({ Resource }) => JSON.stringify(Resource).includes('TablesOrders'));
    expect(reads.map(({ Action }) => Action)).toEqual(['dynamodb:GetItem']);
  });
});

describe('who may watch', () => {
  test('shows a token of a secret that is kept, unless there is an authorizer', () => {
    template.hasResource('AWS::SecretsManager::Secret', { DeletionPolicy: 'Retain' });
    template.hasResourceProperties('AWS::ApiGatewayV2::Route', { RouteKey: '$connect', AuthorizationType: 'NONE' });
  });

  test('is who the Lambda authorizer says', () => {
    const withAuthorizer = templateOf((stack) => ({
      statusFeed: {
        authorizer: new WebSocketLambdaAuthorizer('Users', userFunction(stack, 'Users'), { identitySource: ['route.request.querystring.ticket'] }),
      },
    }));
    withAuthorizer.hasResourceProperties('AWS::ApiGatewayV2::Route', { RouteKey: '$connect', AuthorizationType: 'CUSTOM' });
    withAuthorizer.resourceCountIs('AWS::SecretsManager::Secret', 0);
  });

  test('is who signs, with IAM', () => {
    templateOf(() => ({ statusFeed: { authorizer: new WebSocketIamAuthorizer() } }))
      .hasResourceProperties('AWS::ApiGatewayV2::Route', { RouteKey: '$connect', AuthorizationType: 'AWS_IAM' });
  });

  test('is a session of a role only if the role is admitted', () => {
    const [shop, partner] = ['arn:aws:iam::111122223333:role/Shop', 'arn:aws:iam::444455556666:role/Partner'];
    templateOf((stack) => ({
      statusFeed: {
        authorizer: new WebSocketIamAuthorizer(),
        admittedRoles: [iam.Role.fromRoleArn(stack, 'Shop', shop), iam.Role.fromRoleArn(stack, 'Partner', partner)],
      },
    })).hasResourceProperties('AWS::Lambda::Function', { Environment: { Variables: Match.objectLike({ ADMITTED_ROLES: `${shop} ${partner}` }) } });
  });

  test('cannot depend on roles without an authorizer', () => {
    expect(() => templateOf((stack) => ({ statusFeed: { admittedRoles: [iam.Role.fromRoleName(stack, 'Shop', 'Shop')] } })))
      .toThrow('statusFeed has admittedRoles but no authorizer, so it does not know its callers: set authorizer to new WebSocketIamAuthorizer()');
  });
});

test('limits are in the environment of the function that enforces them', () => {
  const statusFeed = { maxSubscriptions: 7, maxMessageBytes: 512, watchTokenValidity: Duration.hours(2), rateLimit: 5, burstLimit: 6 };
  templateOf(() => ({ statusFeed }))
    .hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: Match.objectLike({ MAX_SUBSCRIPTIONS: '7', MAX_MESSAGE_BYTES: '512', TOKEN_VALIDITY_SECONDS: '7200' }) },
    });
});

test('messages that were not delivered go to a dead-letter queue whose alarm notifies the failure topic', () => {
  const alarms = Object.entries(template.findResources('AWS::CloudWatch::Alarm')).filter(([id]) => FEED.test(id));
  expect(alarms.map(([id]) => id.replace(/[0-9A-F]{8}$/, '')).sort()).toEqual([
    'OrdersStatusFeedUndeliveredAlarm', 'OrdersStatusPublisherDeadLettersAlarm',
  ]);
  for (const [, { Properties }] of alarms) {
    expect(Properties).toMatchObject({ Threshold: 1, AlarmActions: [{ Ref: expect.stringContaining('OrdersAlertsTopic') }] });
  }
});

test('one key encrypts table, queues and secret', () => {
  const encrypted = templateOf((stack) => ({ statusFeed: {}, encryptionKey: new kms.Key(stack, 'Key') }));
  encrypted.allResourcesProperties('AWS::SQS::Queue', { KmsMasterKeyId: Match.anyValue() });
  encrypted.allResourcesProperties('AWS::SecretsManager::Secret', { KmsKeyId: Match.anyValue() });
  encrypted.allResourcesProperties('AWS::DynamoDB::Table', { SSESpecification: Match.objectLike({ SSEType: 'KMS' }) });
});

test('grantManageConnections grants the connections of this stage', () => {
  const granted = templateOf(() => ({ statusFeed: {} }), (workflow) =>
    workflow.statusFeed.grantManageConnections(new iam.Role(workflow, 'Role', { assumedBy: new iam.AccountRootPrincipal() })));
  expect(actions(granted, 'OrdersRole')).toEqual(['execute-api:ManageConnections']);
  expect(JSON.stringify(statements(granted, 'OrdersRole'))).toContain('/live/*/@connections/*');
});

test('the address is that of the deployed stage', () => {
  const other = newStack();
  const { statusFeed } = new OrderProcessingWorkflow(other, 'Orders', { statusFeed: {} });
  expect(JSON.stringify(other.resolve(statusFeed.url))).toMatch(/wss:\/\/.*StatusFeedApi.*live|wss:\/\/.*StatusFeedApi.*StatusFeedStage/);
});
