import {
  Duration, Names, aws_apigatewayv2 as apigwv2, aws_apigatewayv2_integrations as integrations, aws_dynamodb as dynamodb,
  aws_iam as iam, aws_lambda as lambda, aws_secretsmanager as secretsmanager, aws_sqs as sqs,
} from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ConnectionsTable } from './connections-table';
import { StatusFeedOptions } from './status-feed-options';
import { IStatusFeed } from './status-feed-port';
import { StatusPublisher } from './status-publisher';
import { addWebSocketRoutes, grantConnections } from './web-socket-routes';
import { webSocketStage } from './web-socket-stage';
import { IOrderWorkflow } from '../order-workflow';
import { DeadLetterQueue } from '../private/dead-letter-queue';
import { grantReceive, grantSend } from '../private/grant-queue';
import { grantReadSecret } from '../private/grant-secret';
import { grantTable } from '../private/grant-table';
import { bundledCode } from '../private/order-function';
import { ValidationError } from '../private/validation-error';
import { HostFunctionProps } from '../step-host';

/**
 * Properties for StatusFeed.
 */
export interface StatusFeedProps extends StatusFeedOptions {
  /**
   * The workflow whose orders are watched.
   */
  readonly workflow: IOrderWorkflow;

  /**
   * The publisher of the changes of status.
   */
  readonly publisher: StatusPublisher;
}

/**
 * Shows browsers the status of their orders as it changes, over a WebSocket API.
 */
export class StatusFeed extends Construct implements IStatusFeed {
  public readonly api: apigwv2.WebSocketApi;
  public readonly stage: apigwv2.WebSocketStage;
  public readonly connectionsTable: dynamodb.ITable;
  public readonly usesWatchTokens: boolean;
  public readonly watchTokenValidity: Duration;
  public readonly undeliveredQueue: sqs.IQueue;
  public readonly redriveFunction: lambda.IFunction;

  private readonly workflow: IOrderWorkflow;
  private readonly connections: ConnectionsTable;
  private readonly secret?: secretsmanager.ISecret;
  private readonly maxSubscriptions: number;

  /**
   * @param scope the scope
   * @param id the id
   * @param props properties
   */
  constructor(scope: Construct, id: string, props: StatusFeedProps) {
    super(scope, id);
    const { encryptionKey, failureTopic } = this.workflow = props.workflow;
    this.watchTokenValidity = props.watchTokenValidity ?? Duration.days(7);
    this.maxSubscriptions = props.maxSubscriptions ?? 100;
    this.connections = new ConnectionsTable(this, 'Connections', encryptionKey);
    this.connectionsTable = this.connections.table;
    this.usesWatchTokens = !props.authorizer;
    this.secret = this.usesWatchTokens ? this.newWatchSecret() : undefined;
    this.undeliveredQueue = new DeadLetterQueue(this, 'Undelivered', {
      displayName: 'Status feed',
      description: 'Messages to connections were not delivered',
      topic: failureTopic,
      encryptionKey,
    });
    this.api = new apigwv2.WebSocketApi(this, 'Api', { apiName: Names.uniqueResourceName(this, { maxLength: 128 }) });
    this.stage = webSocketStage(this, this.api, props, encryptionKey);
    this.addConnect(props);
    this.addMessages(props.maxMessageBytes ?? 4096);
    this.redriveFunction = this.newRedriveFunction();
    this.deliverTo(props.publisher.publishFunction);
  }

  public get url(): string {
    return this.stage.url;
  }

  public get watchSecret(): secretsmanager.ISecret {
    if (!this.secret) {
      throw new ValidationError('the status feed has an authorizer, so it has no watch tokens and no secret for them: leave out the authorizer', this);
    }
    return this.secret;
  }

  public addRoutes(routeKeys: string[], handler: lambda.Function): void {
    this.provideSubscriptions(handler);
    this.connections.grantSubscribe(handler);
    addWebSocketRoutes(this.api, this.stage, routeKeys, handler);
  }

  public provideWatchTokens(handler: lambda.Function): void {
    if (this.secret) {
      handler.addEnvironment('WATCH_SECRET_ARN', this.secret.secretArn);
      handler.addEnvironment('TOKEN_VALIDITY_SECONDS', String(this.watchTokenValidity.toSeconds()));
      grantReadSecret(this.secret, handler);
    }
  }

  public grantManageConnections(grantee: iam.IGrantable): iam.Grant {
    return grantConnections(this.stage, grantee, '*');
  }

  private newWatchSecret(): secretsmanager.ISecret {
    return new secretsmanager.Secret(this, 'WatchSecret', {
      description: 'Signs the tokens with which customers watch their orders',
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
      encryptionKey: this.workflow.encryptionKey,
      removalPolicy: this.workflow.removalPolicy,
    });
  }

  private addConnect({ authorizer, admittedRoles = [] }: StatusFeedOptions): void {
    if (admittedRoles.length > 0 && !authorizer) {
      throw new ValidationError('statusFeed has admittedRoles but no authorizer, so it does not know its callers: set authorizer to new WebSocketIamAuthorizer()', this);
    }
    const connect = this.newFunction('ConnectFunction', 'connect', {
      description: 'Stores new connections',
      environment: admittedRoles.length > 0 ? { ADMITTED_ROLES: admittedRoles.map(({ roleArn }) => roleArn).join(' ') } : {},
    });
    grantTable(this.connectionsTable, connect, 'dynamodb:PutItem');
    this.api.addRoute('$connect', { integration: new integrations.WebSocketLambdaIntegration('Connect', connect), authorizer });
  }

  private addMessages(maxMessageBytes: number): void {
    const { ordersTable } = this.workflow;
    const messages = this.newFunction('MessagesFunction', 'messages', {
      description: 'Answers the messages of connections',
      environment: { ORDERS_TABLE: ordersTable.tableName, MAX_MESSAGE_BYTES: String(maxMessageBytes) },
    });
    grantTable(ordersTable, messages, 'dynamodb:GetItem');
    this.connections.grantKeepConnections(messages);
    this.provideSubscriptions(messages);
    this.provideWatchTokens(messages);
    addWebSocketRoutes(this.api, this.stage, ['$disconnect', '$default', 'subscribe', 'unsubscribe', 'ping'], messages);
  }

  private newRedriveFunction(): lambda.Function {
    const { ordersTable } = this.workflow;
    const redrive = this.newFunction('RedriveFunction', 'redrive', {
      description: 'Sends undelivered messages again',
      timeout: Duration.minutes(1),
      environment: { ORDERS_TABLE: ordersTable.tableName },
    });
    grantTable(ordersTable, redrive, 'dynamodb:GetItem');
    grantReceive(this.undeliveredQueue, redrive);
    this.connections.grantReadSubscription(redrive);
    this.provideDelivery(redrive);
    return redrive;
  }

  private deliverTo(publish: lambda.Function): void {
    publish.addEnvironment('CONNECTIONS_TABLE', this.connectionsTable.tableName);
    grantSend(this.undeliveredQueue, publish);
    this.connections.grantFindWatchers(publish);
    this.provideDelivery(publish);
  }

  private provideDelivery(handler: lambda.Function): void {
    handler.addEnvironment('CONNECTIONS_ENDPOINT', this.stage.callbackUrl);
    handler.addEnvironment('UNDELIVERED_QUEUE_URL', this.undeliveredQueue.queueUrl);
    grantConnections(this.stage, handler, 'POST');
  }

  private provideSubscriptions(handler: lambda.Function): void {
    handler.addEnvironment('CONNECTIONS_TABLE', this.connectionsTable.tableName);
    handler.addEnvironment('MAX_SUBSCRIPTIONS', String(this.maxSubscriptions));
    handler.addEnvironment('TOKEN_VALIDITY_SECONDS', String(this.watchTokenValidity.toSeconds()));
  }

  private newFunction(id: string, handler: string, props: Omit<HostFunctionProps, 'code' | 'displayName'>): lambda.Function {
    return this.workflow.newFunction(this, id, {
      ...props,
      displayName: `Status feed ${handler}`,
      code: bundledCode(`status-feed/${handler}`),
      environment: { CONNECTIONS_TABLE: this.connectionsTable.tableName, ...props.environment },
    });
  }
}
