import {
  Duration, aws_apigatewayv2 as apigwv2, aws_dynamodb as dynamodb, aws_iam as iam, aws_lambda as lambda, aws_secretsmanager as secretsmanager,
  aws_sqs as sqs,
} from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/**
 * The WebSocket API on which browsers watch their orders.
 */
export interface IStatusFeed extends IConstruct {
  /**
   * The WebSocket API.
   */
  readonly api: apigwv2.WebSocketApi;

  /**
   * The deployed stage of the API.
   */
  readonly stage: apigwv2.WebSocketStage;

  /**
   * The URL to connect to.
   */
  readonly url: string;

  /**
   * The table of the connections and their subscriptions.
   */
  readonly connectionsTable: dynamodb.ITable;

  /**
   * Whether a client shows a watch token to subscribe to an order: so it is where the feed has no authorizer.
   */
  readonly usesWatchTokens: boolean;

  /**
   * The secret that signs watch tokens.
   */
  readonly watchSecret: secretsmanager.ISecret;

  /**
   * How long after an order was created its watch token is valid.
   */
  readonly watchTokenValidity: Duration;

  /**
   * The dead-letter queue of messages that a connection did not accept, as `{ orderId, version, connectionId }`.
   */
  readonly undeliveredQueue: sqs.IQueue;

  /**
   * The function that sends the messages of `undeliveredQueue` again, with the order's current status: call it with `{ "max": 100 }`.
   */
  readonly redriveFunction: lambda.IFunction;

  /**
   * Adds routes to the API whose function answers, and may subscribe the connection that calls it.
   *
   * @param routeKeys the route keys, each the `action` of a message
   * @param handler the function behind all of these routes
   */
  addRoutes(routeKeys: string[], handler: lambda.Function): void;

  /**
   * Gives a function what it needs to create and verify watch tokens, if the feed uses them.
   *
   * @param handler the function
   */
  provideWatchTokens(handler: lambda.Function): void;

  /**
   * Grants the principal permission to send to connections and to close them.
   *
   * @param grantee the principal
   */
  grantManageConnections(grantee: iam.IGrantable): iam.Grant;
}
