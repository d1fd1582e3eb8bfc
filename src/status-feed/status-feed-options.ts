import { Duration, aws_apigatewayv2 as apigwv2, aws_iam as iam } from 'aws-cdk-lib';

/**
 * Options for the WebSocket API of a workflow.
 */
export interface StatusFeedOptions {
  /**
   * The authorizer of connections: IAM, or a Lambda authorizer whose principal is the `userId` of the orders that it may watch.
   *
   * @default - every caller may connect, and shows the watch token of an order to subscribe to it
   */
  readonly authorizer?: apigwv2.IWebSocketRouteAuthorizer;

  /**
   * Roles whose sessions may connect through IAM; the ARN of the session, with its name, is then the `userId`.
   *
   * Who assumes a role chooses the name of the session. Admit a role only if its trust policy sets the name (`sts:RoleSessionName`), or if all
   * who may assume it may watch and cancel the orders of one another. IAM users need none, nor do users of a Cognito identity pool, whose
   * `userId` is their identity id.
   *
   * @default - sessions of roles may not connect
   */
  readonly admittedRoles?: iam.IRole[];

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
   * The maximum size of a client's message in bytes; API Gateway closes a connection at 32 KB in any case.
   *
   * @default 4096
   */
  readonly maxMessageBytes?: number;

  /**
   * The rate limit over all connections, in requests per second.
   *
   * @default 500
   */
  readonly rateLimit?: number;

  /**
   * The burst limit over all connections, in requests.
   *
   * @default 1000
   */
  readonly burstLimit?: number;

  /**
   * Whether each request is logged, without its query string.
   *
   * API Gateway writes access logs of WebSocket APIs with the CloudWatch role of the account and region. Where none is set, the
   * deployment fails with "CloudWatch Logs role ARN must be set in account settings to enable logging": set one first, once for all APIs.
   *
   * @default false
   */
  readonly accessLogs?: boolean;
}
