import { aws_apigatewayv2 as apigwv2, aws_logs as logs } from 'aws-cdk-lib';

/**
 * Properties for HttpIntake.
 */
export interface HttpIntakeProps {
  /**
   * The name of the intake.
   *
   * @default Http
   */
  readonly intakeName?: string;

  /**
   * The authorizer of the API, JWT or Lambda: its claim `userClaim` is the `userId` of the caller's orders.
   *
   * @default - IAM: backends, which may act for any user
   */
  readonly authorizer?: apigwv2.IHttpRouteAuthorizer;

  /**
   * The claim that is the `userId`, when there is an authorizer.
   *
   * @default sub
   */
  readonly userClaim?: string;

  /**
   * Whether any caller may place orders for any user; to read or cancel an order then takes its watch token.
   *
   * A workflow that sends mail to the address in the order refuses this: any caller could send mail of your domain to any address.
   *
   * @default false
   */
  readonly openToAll?: boolean;

  /**
   * The claim with which a caller may decide on orders, as `claim=value`.
   *
   * API Gateway separates the values of a list by spaces, which a value can contain. A list of more than one is therefore only read in
   * claims whose values cannot: `cognito:groups`, `cognito:roles`, `scope` and `scp`.
   *
   * @default - with IAM every caller may decide; with an authorizer or `openToAll` no caller may
   */
  readonly deciderClaim?: string;

  /**
   * The CORS configuration of the API, for web sites that call it from a browser.
   *
   * @default - no CORS
   */
  readonly cors?: apigwv2.CorsPreflightOptions;

  /**
   * The custom domain of the API.
   *
   * @default - the address that API Gateway assigns
   */
  readonly domain?: apigwv2.DomainMappingOptions;

  /**
   * The rate limit of the API, in requests per second.
   *
   * @default 200
   */
  readonly rateLimit?: number;

  /**
   * The burst limit of the API, in requests.
   *
   * @default 400
   */
  readonly burstLimit?: number;

  /**
   * How long access logs are kept.
   *
   * @default RetentionDays.ONE_MONTH
   */
  readonly logRetention?: logs.RetentionDays;
}
