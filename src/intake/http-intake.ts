import {
  Annotations, Names, aws_apigateway as apigateway, aws_apigatewayv2 as apigwv2, aws_apigatewayv2_authorizers as authorizers,
  aws_iam as iam, aws_lambda as lambda, aws_logs as logs,
} from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { intakeFunction } from './intake-function';
import { OneFunctionIntegration } from './one-function-integration';
import { IOrderIntake, OrderIntakeBindOptions } from './order-intake';
import { orderLogGroup } from '../private/order-log-group';
import { ValidationError } from '../private/validation-error';
import { WatchList } from '../watch-list';

/**
 * Who may call the HTTP API, and how much.
 */
export interface HttpIntakeProps {
  /**
   * Who may call: a JWT or Lambda authorizer, whose claim `userClaim` is then the `userId` of the caller's orders.
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
   * Whether anybody may place orders for anybody; to read or cancel one needs its watch token.
   *
   * @default false
   */
  readonly openToAll?: boolean;

  /**
   * The claim that a caller must have to decide about orders, as `claim=value`.
   *
   * @default - with IAM whoever may call may decide; with an authorizer nobody, and `openToAll` nobody
   */
  readonly deciderClaim?: string;

  /**
   * Which web sites may call from a browser.
   *
   * @default - none
   */
  readonly cors?: apigwv2.CorsPreflightOptions;

  /**
   * A domain of yours.
   *
   * @default - the address that API Gateway gives
   */
  readonly domain?: apigwv2.DomainMappingOptions;

  /**
   * Requests in a second, on average.
   *
   * @default 200
   */
  readonly rateLimit?: number;

  /**
   * Requests in a second, for a moment.
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

const ROUTES: [method: apigwv2.HttpMethod, path: string][] = [
  [apigwv2.HttpMethod.POST, '/orders'],
  [apigwv2.HttpMethod.GET, '/orders/{orderId}'],
  [apigwv2.HttpMethod.GET, '/orders/{orderId}/history'],
  [apigwv2.HttpMethod.POST, '/orders/{orderId}/cancel'],
  [apigwv2.HttpMethod.POST, '/orders/{orderId}/decision'],
];

/**
 * Takes orders over HTTP, tells how they are, cancels them and decides about them.
 */
export class HttpIntake implements IOrderIntake {
  private made?: { api: apigwv2.HttpApi; stage: apigwv2.HttpStage };

  /**
   * @param props who may call
   */
  constructor(private readonly props: HttpIntakeProps = {}) {
    if (props.authorizer && props.openToAll) {
      throw new ValidationError('HttpIntake has an authorizer and is openToAll: leave out one of them');
    }
    const { authorizationType } = (props.authorizer ?? {}) as { authorizationType?: string };
    if (authorizationType === 'AWS_IAM' || authorizationType === 'NONE') {
      throw new ValidationError(`the authorizer of HttpIntake is ${authorizationType}, which tells no claims: leave it out for IAM, set openToAll for none`);
    }
    if (props.deciderClaim !== undefined && !/^[^=]+=.+$/.test(props.deciderClaim)) {
      throw new ValidationError(`deciderClaim is '${props.deciderClaim}': give the claim and its value, such as role=approver`);
    }
    if (props.deciderClaim !== undefined && !props.authorizer) {
      throw new ValidationError('HttpIntake has a deciderClaim but no authorizer that could tell claims: give one, or leave the claim out');
    }
    if (props.userClaim !== undefined && !props.authorizer) {
      throw new ValidationError('HttpIntake has a userClaim but no authorizer that could tell claims: give one, or leave the claim out');
    }
  }

  /**
   * The API, when the intake is part of a workflow.
   */
  public get api(): apigwv2.HttpApi {
    return this.parts().api;
  }

  /**
   * The URL of the API, on the domain of yours if there is one.
   */
  public get url(): string {
    const { stage } = this.parts();
    return this.props.domain ? stage.domainUrl : stage.url;
  }

  public bind(scope: Construct, options: OrderIntakeBindOptions): void {
    const { authorizer, openToAll, cors, domain } = this.props;
    if (openToAll) {
      Annotations.of(scope).addWarningV2(
        'cdk-order-workflow:openIntake',
        'anybody can place orders for anybody over this HTTP API: give HttpIntake an authorizer unless that is what you want',
      );
      this.warnIfUnreadable(scope, options);
    }
    const rules = this.rules();
    const fn = intakeFunction(scope, options, {
      handler: 'http-intake',
      description: 'Takes orders over HTTP',
      cancels: true,
      decides: rules.MAY_DECIDE !== 'nobody',
      environment: { ...rules, ...(options.statusFeed ? { FEED_URL: options.statusFeed.url } : {}) },
    });
    options.statusFeed?.provideWatchTokens(fn);

    const apiName = Names.uniqueResourceName(scope, { maxLength: 128 });
    const api = new apigwv2.HttpApi(scope, 'Api', { apiName, corsPreflight: cors, createDefaultStage: false });
    const stage = this.addStage(scope, api, options, domain);
    this.addRoutes(api, fn, authorizer ?? (openToAll ? undefined : new authorizers.HttpIamAuthorizer()));
    WatchList.of(scope).httpApi(`${scope.node.id} intake`, api);
    this.made = { api, stage };
  }

  private warnIfUnreadable(scope: Construct, { statusFeed }: OrderIntakeBindOptions): void {
    if (!statusFeed?.usesWatchTokens) {
      Annotations.of(scope).addWarningV2(
        'cdk-order-workflow:unreadableOrders',
        'nobody can read or cancel the orders of this HTTP API, as that takes the watch tokens of a status feed: '
          + (statusFeed ? 'leave out the authorizer of statusFeed' : 'set statusFeed, {} for its defaults') + ', or give HttpIntake an authorizer',
      );
    }
  }

  private parts(): { api: apigwv2.HttpApi; stage: apigwv2.HttpStage } {
    if (!this.made) {
      throw new ValidationError('this HttpIntake is not part of a workflow yet, so it has no API: hand it to one first');
    }
    return this.made;
  }

  private rules(): { [name: string]: string } {
    const { authorizer, openToAll, userClaim, deciderClaim } = this.props;
    const [claim, value] = deciderClaim?.split(/=(.+)/) ?? [];
    return {
      AUTHORIZATION: authorizer ? 'claim' : openToAll ? 'none' : 'iam',
      USER_CLAIM: userClaim ?? 'sub',
      ...(deciderClaim ? { MAY_DECIDE: 'claim', DECIDER_CLAIM: claim, DECIDER_VALUE: value } : { MAY_DECIDE: authorizer || openToAll ? 'nobody' : 'iam' }),
    };
  }

  private addStage(
    scope: Construct, api: apigwv2.HttpApi, options: OrderIntakeBindOptions, domainMapping?: apigwv2.DomainMappingOptions,
  ): apigwv2.HttpStage {
    const logGroup = orderLogGroup(scope, 'AccessLogs', { retention: this.props.logRetention, encryptionKey: options.encryptionKey });
    return new apigwv2.HttpStage(scope, 'Stage', {
      httpApi: api,
      stageName: '$default',
      autoDeploy: true,
      domainMapping,
      throttle: { rateLimit: this.props.rateLimit ?? 200, burstLimit: this.props.burstLimit ?? 400 },
      accessLogSettings: {
        destination: new apigwv2.LogGroupLogDestination(logGroup),
        format: apigateway.AccessLogFormat.custom(JSON.stringify({
          requestId: '$context.requestId',
          routeKey: '$context.routeKey',
          status: '$context.status',
          requestTime: '$context.requestTime',
          error: '$context.error.message',
          integrationError: '$context.integrationErrorMessage',
        })),
      },
    });
  }

  private addRoutes(api: apigwv2.HttpApi, fn: lambda.Function, authorizer?: apigwv2.IHttpRouteAuthorizer): void {
    const integration = new OneFunctionIntegration('Orders', fn);
    for (const [method, path] of ROUTES) {
      api.addRoutes({ path, methods: [method], integration, authorizer });
    }
    fn.addPermission('Routes', {
      principal: new iam.ServicePrincipal('apigateway.amazonaws.com'),
      sourceArn: api.arnForExecuteApi('*', '/*', '*'),
    });
  }
}
