import {
  ArnFormat, Duration, Names, RemovalPolicy, Stack, aws_apigateway as apigateway, aws_apigatewayv2 as apigwv2,
  aws_apigatewayv2_integrations as integrations,
  aws_dynamodb as dynamodb, aws_iam as iam, aws_kms as kms, aws_lambda as lambda,
  aws_secretsmanager as secretsmanager, aws_sns as sns, aws_sqs as sqs,
} from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ConnectionsTable } from './connections-table';
import { IStatusFeed } from './status-feed-port';
import { StatusPublisher } from './status-publisher';
import { FunctionSettings } from '../function-settings';
import { DeadLetterQueue } from '../private/dead-letter-queue';
import { grantTable } from '../private/grant-table';
import { OrderFunction } from '../private/order-function';
import { orderLogGroup } from '../private/order-log-group';
import { ValidationError } from '../private/validation-error';
import { WebSocketIntegration } from '../private/web-socket-integration';
import { WatchList } from '../watch-list';

/**
 * Who may watch orders, and how much.
 */
export interface StatusFeedOptions {
  /**
   * Who may connect: IAM, or a Lambda authorizer whose principal is the `userId` of the orders that it may watch.
   *
   * @default - anybody may connect; who subscribes to an order shows its watch token
   */
  readonly authorizer?: apigwv2.IWebSocketRouteAuthorizer;

  /**
   * How long after an order was created its watch token is valid.
   *
   * @default Duration.days(7)
   */
  readonly watchTokenValidity?: Duration;

  /**
   * How many orders one connection may watch.
   *
   * @default 100
   */
  readonly maxSubscriptions?: number;

  /**
   * How many bytes a message of a client may have; API Gateway closes a connection at 32 KB whatever is set here.
   *
   * @default 4096
   */
  readonly maxMessageBytes?: number;

  /**
   * Requests in a second over all connections, on average.
   *
   * @default 500
   */
  readonly rateLimit?: number;

  /**
   * Requests in a second over all connections, for a moment.
   *
   * @default 1000
   */
  readonly burstLimit?: number;

  /**
   * Whether each request is logged, without its query string.
   *
   * API Gateway writes access logs of WebSocket APIs only where a role for it is set in the account: set one once
   * for each region, or have `setAccountRole` do it.
   *
   * @default true
   */
  readonly accessLogs?: boolean;

  /**
   * Whether to set the account's role with which API Gateway writes logs; it is one setting for account and region.
   *
   * @default false
   */
  readonly setAccountRole?: boolean;
}

/**
 * The WebSocket API of a workflow.
 */
export interface StatusFeedProps extends StatusFeedOptions {
  /**
   * The table of the orders.
   */
  readonly ordersTable: dynamodb.ITable;

  /**
   * What tells of changes of status.
   */
  readonly publisher: StatusPublisher;

  /**
   * The topic that is told when a message could not be delivered.
   *
   * @default - the alarm tells nobody
   */
  readonly failureTopic?: sns.ITopic;

  /**
   * How to tune the functions.
   *
   * @default - the defaults of `FunctionSettings`
   */
  readonly functionSettings?: FunctionSettings;

  /**
   * The key that encrypts table, queue and secret.
   *
   * @default - the keys that AWS owns
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * What happens to the secret when its stack is deleted.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}

/** A query string can hold a credential, so the log is told what to keep. */
const ACCESS_LOG_FORMAT = JSON.stringify({
  requestId: '$context.requestId',
  connectionId: '$context.connectionId',
  eventType: '$context.eventType',
  routeKey: '$context.routeKey',
  status: '$context.status',
  requestTime: '$context.requestTime',
  error: '$context.error.messageString',
  integrationError: '$context.integrationErrorMessage',
});

/**
 * Shows browsers the status of their orders as it changes, over a WebSocket API.
 */
export class StatusFeed extends Construct implements IStatusFeed {
  /**
   * The API.
   */
  public readonly api: apigwv2.WebSocketApi;

  /**
   * Its deployed stage.
   */
  public readonly stage: apigwv2.WebSocketStage;

  /**
   * Who is connected, and who watches what.
   */
  public readonly connectionsTable: dynamodb.ITable;

  /**
   * Whether a client shows a watch token to subscribe to an order: so it is where the feed has no authorizer.
   */
  public readonly usesWatchTokens: boolean;

  /**
   * Where messages are parked that a connection did not take, as `{ orderId, version, connectionId }`.
   */
  public readonly undeliveredQueue: sqs.IQueue;

  /**
   * The function that sends what is parked again, with the status of that moment: call it with `{ "max": 100 }`.
   */
  public readonly redriveFunction: lambda.IFunction;

  /**
   * How long after an order was created its watch token is valid.
   */
  public readonly watchTokenValidity: Duration;

  private readonly secret?: secretsmanager.ISecret;
  private readonly connections: ConnectionsTable;
  private readonly maxSubscriptions: number;

  /**
   * @param scope the parent
   * @param id the id within the parent
   * @param props who may watch
   */
  constructor(scope: Construct, id: string, props: StatusFeedProps) {
    super(scope, id);
    const { ordersTable, publisher, encryptionKey, failureTopic } = props;
    this.watchTokenValidity = props.watchTokenValidity ?? Duration.days(7);
    this.maxSubscriptions = props.maxSubscriptions ?? 100;
    this.connections = new ConnectionsTable(this, 'Connections', { encryptionKey });
    this.connectionsTable = this.connections.table;
    this.usesWatchTokens = !props.authorizer;
    this.secret = props.authorizer ? undefined : new secretsmanager.Secret(this, 'WatchSecret', {
      description: 'Signs the tokens with which customers watch their orders',
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
      encryptionKey,
      removalPolicy: props.removalPolicy ?? RemovalPolicy.RETAIN,
    });
    this.undeliveredQueue = new DeadLetterQueue(this, 'Undelivered', {
      displayName: 'Status feed',
      description: 'Messages to connections were not delivered',
      topic: failureTopic,
      encryptionKey,
    });
    this.api = new apigwv2.WebSocketApi(this, 'Api', { apiName: Names.uniqueResourceName(this, { maxLength: 128 }) });
    this.stage = this.makeStage(props);
    WatchList.of(this)._webSocketStage = this.stage;

    const connect = this.makeFunction('ConnectFunction', 'connect', 'Keeps who has connected', props, {});
    grantTable(this.connectionsTable, connect, 'dynamodb:PutItem');
    const messages = this.makeFunction('MessagesFunction', 'messages', 'Answers the messages of connections', props, {
      ORDERS_TABLE: ordersTable.tableName,
      MAX_MESSAGE_BYTES: String(props.maxMessageBytes ?? 4096),
      ...this.messageEnvironment(),
      ...(this.secret ? { WATCH_SECRET_ARN: this.secret.secretArn } : {}),
    });
    grantTable(ordersTable, messages, 'dynamodb:GetItem');
    this.connections.grantKeepConnections(messages);
    this.secret?.grantRead(messages);
    this.route(connect, messages, props.authorizer);

    this.redriveFunction = this.makeRedrive(props);
    this.deliverTo(publisher);
  }

  /**
   * The URL to connect to.
   */
  public get url(): string {
    return this.stage.url;
  }

  /**
   * Lets somebody send to connections and close them.
   *
   * @param grantee who
   */
  public grantManageConnections(grantee: iam.IGrantable): iam.Grant {
    return this.grantConnections(grantee, '*');
  }

  /**
   * The secret that signs watch tokens.
   */
  public get watchSecret(): secretsmanager.ISecret {
    if (!this.secret) {
      throw new ValidationError('the status feed has an authorizer, so it has no watch tokens and no secret for them: leave out the authorizer', this);
    }
    return this.secret;
  }

  /**
   * Adds routes to the API whose function answers, and may subscribe the connection that calls it.
   *
   * @param routeKeys the route keys, each the `action` of a message
   * @param handler the function behind all of these routes
   */
  public addRoutes(routeKeys: string[], handler: lambda.Function): void {
    for (const [name, value] of Object.entries(this.messageEnvironment())) {
      handler.addEnvironment(name, value);
    }
    this.connections.grantSubscribe(handler);
    handler.addPermission('Routes', {
      principal: new iam.ServicePrincipal('apigateway.amazonaws.com'),
      sourceArn: this.api.arnForExecuteApiV2('*', this.stage.stageName),
    });
    const integration = new WebSocketIntegration('Intake', handler);
    for (const key of routeKeys) {
      this.api.addRoute(key, { integration, returnResponse: true });
    }
  }

  /**
   * Gives a function what it needs to create and verify watch tokens, if the feed uses them.
   *
   * @param handler the function
   */
  public provideWatchTokens(handler: lambda.Function): void {
    if (this.secret) {
      handler.addEnvironment('WATCH_SECRET_ARN', this.secret.secretArn);
      handler.addEnvironment('TOKEN_VALIDITY_SECONDS', String(this.watchTokenValidity.toSeconds()));
      this.secret.grantRead(handler);
    }
  }

  private messageEnvironment(): { [name: string]: string } {
    return {
      CONNECTIONS_TABLE: this.connectionsTable.tableName,
      MAX_SUBSCRIPTIONS: String(this.maxSubscriptions),
      TOKEN_VALIDITY_SECONDS: String(this.watchTokenValidity.toSeconds()),
    };
  }

  private grantConnections(grantee: iam.IGrantable, method: string): iam.Grant {
    return iam.Grant.addToPrincipal({
      grantee,
      actions: ['execute-api:ManageConnections'],
      resourceArns: [Stack.of(this).formatArn({
        service: 'execute-api',
        resource: this.api.apiId,
        resourceName: `${this.stage.stageName}/${method}/@connections/*`,
        arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
      })],
    });
  }

  private makeStage(props: StatusFeedProps): apigwv2.WebSocketStage {
    const logGroup = (props.accessLogs ?? true) && orderLogGroup(this, 'AccessLogs', { encryptionKey: props.encryptionKey });
    const stage = new apigwv2.WebSocketStage(this, 'Stage', {
      webSocketApi: this.api,
      stageName: 'live',
      autoDeploy: true,
      throttle: { rateLimit: props.rateLimit ?? 500, burstLimit: props.burstLimit ?? 1000 },
    });
    if (logGroup) {
      // The stage of older CDKs drops the settings that it is given.
      (stage.node.defaultChild as apigwv2.CfnStage).accessLogSettings = { destinationArn: logGroup.logGroupArn, format: ACCESS_LOG_FORMAT };
    }
    if (props.setAccountRole) {
      const role = new iam.Role(this, 'AccountRole', {
        assumedBy: new iam.ServicePrincipal('apigateway.amazonaws.com'),
        managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('service-role/AmazonAPIGatewayPushToCloudWatchLogs')],
      });
      stage.node.addDependency(new apigateway.CfnAccount(this, 'Account', { cloudWatchRoleArn: role.roleArn }));
    }
    return stage;
  }

  /** The routes share an integration, so the function allows the API as a whole once. */
  private route(connect: lambda.Function, messages: lambda.Function, authorizer?: apigwv2.IWebSocketRouteAuthorizer): void {
    const answers = new WebSocketIntegration('Messages', messages);
    messages.addPermission('AllRoutes', {
      principal: new iam.ServicePrincipal('apigateway.amazonaws.com'),
      sourceArn: this.api.arnForExecuteApiV2('*', this.stage.stageName),
    });
    this.api.addRoute('$connect', { integration: new integrations.WebSocketLambdaIntegration('Connect', connect), authorizer });
    for (const key of ['$disconnect', '$default', 'subscribe', 'unsubscribe', 'ping']) {
      this.api.addRoute(key, { integration: answers, returnResponse: key !== '$disconnect' });
    }
  }

  private makeRedrive(props: StatusFeedProps): OrderFunction {
    const redrive = this.makeFunction('RedriveFunction', 'redrive', 'Sends parked messages again', props, {
      ORDERS_TABLE: props.ordersTable.tableName,
      UNDELIVERED_QUEUE_URL: this.undeliveredQueue.queueUrl,
      CONNECTIONS_ENDPOINT: this.stage.callbackUrl,
    }, Duration.minutes(1));
    grantTable(props.ordersTable, redrive, 'dynamodb:GetItem');
    this.connections.grantFindWatchers(redrive);
    this.undeliveredQueue.grantConsumeMessages(redrive);
    this.grantConnections(redrive, 'POST');
    return redrive;
  }

  private deliverTo({ publishFunction }: StatusPublisher): void {
    publishFunction.addEnvironment('CONNECTIONS_TABLE', this.connectionsTable.tableName);
    publishFunction.addEnvironment('CONNECTIONS_ENDPOINT', this.stage.callbackUrl);
    publishFunction.addEnvironment('UNDELIVERED_QUEUE_URL', this.undeliveredQueue.queueUrl);
    this.connections.grantFindWatchers(publishFunction);
    this.undeliveredQueue.grantSendMessages(publishFunction);
    this.grantConnections(publishFunction, 'POST');
  }

  private makeFunction(
    id: string, handler: string, description: string, props: StatusFeedProps, environment: { [name: string]: string }, timeout?: Duration,
  ): OrderFunction {
    return new OrderFunction(this, id, {
      displayName: `Status feed ${handler}`,
      bundle: `status-feed/${handler}`,
      description,
      timeout,
      settings: props.functionSettings,
      environment: { CONNECTIONS_TABLE: this.connectionsTable.tableName, ...environment },
    });
  }
}
