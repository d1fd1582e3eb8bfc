import { Annotations, Names, aws_apigatewayv2 as apigwv2 } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { authorizationEnvironment, checkAuthorization, mayDecide, routeAuthorizer } from './http-authorization';
import { HttpIntakeProps } from './http-intake-props';
import { addHttpRoutes } from './http-routes';
import { httpStage } from './http-stage';
import { IOrderWorkflow } from '../../order-workflow';
import { noteOpenIntake } from '../../private/open-mail';
import { ValidationError } from '../../private/validation-error';
import { WatchList } from '../../watch-list';
import { intakeFunction } from '../intake-function';
import { IOrderIntake } from '../order-intake';

/**
 * Receives, shows and cancels orders over an HTTP API, and decides on them.
 */
export class HttpIntake implements IOrderIntake {
  /**
   * The name of the intake.
   */
  public readonly intakeName: string;

  private made?: { api: apigwv2.HttpApi; stage: apigwv2.HttpStage };

  /**
   * @param props properties
   */
  constructor(private readonly props: HttpIntakeProps = {}) {
    checkAuthorization(props);
    this.intakeName = props.intakeName ?? 'Http';
  }

  /**
   * The HTTP API, once the intake is part of a workflow.
   */
  public get api(): apigwv2.HttpApi {
    return this.bound().api;
  }

  /**
   * The URL of the API, on its custom domain if there is one.
   */
  public get url(): string {
    const { stage } = this.bound();
    return this.props.domain ? stage.domainUrl : stage.url;
  }

  public bind(scope: Construct, workflow: IOrderWorkflow): void {
    if (this.props.openToAll) {
      warnOfOpenApi(scope, workflow);
      noteOpenIntake(scope, this.intakeName, 'set its authorizer instead of openToAll');
    }
    const fn = intakeFunction(scope, workflow, {
      handler: 'http-intake',
      description: 'Receives orders over HTTP',
      cancels: true,
      decides: mayDecide(this.props),
      environment: { ...authorizationEnvironment(this.props), ...(workflow.hasStatusFeed ? { FEED_URL: workflow.statusFeed.url } : {}) },
    });
    if (workflow.hasStatusFeed) {
      workflow.statusFeed.provideWatchTokens(fn);
    }
    const api = new apigwv2.HttpApi(scope, 'Api', {
      apiName: Names.uniqueResourceName(scope, { maxLength: 128 }), corsPreflight: this.props.cors, createDefaultStage: false,
    });
    const stage = httpStage(scope, api, this.props, workflow.encryptionKey);
    addHttpRoutes(api, fn, routeAuthorizer(this.props));
    WatchList.of(scope).httpApi(`${this.intakeName} intake`, api);
    this.made = { api, stage };
  }

  private bound(): { api: apigwv2.HttpApi; stage: apigwv2.HttpStage } {
    if (!this.made) {
      throw new ValidationError('this HttpIntake is not part of a workflow yet, so it has no API: pass it to a workflow first');
    }
    return this.made;
  }
}

function warnOfOpenApi(scope: Construct, workflow: IOrderWorkflow): void {
  const annotations = Annotations.of(scope);
  annotations.addWarningV2(
    'cdk-order-workflow:openIntake',
    'any caller can place orders for any user over this HTTP API: set the authorizer of HttpIntake unless that is intended',
  );
  if (!workflow.hasStatusFeed || !workflow.statusFeed.usesWatchTokens) {
    annotations.addWarningV2(
      'cdk-order-workflow:unreadableOrders',
      'no caller can read or cancel the orders of this HTTP API, as that takes the watch tokens of a status feed: '
        + (workflow.hasStatusFeed ? 'leave out the authorizer of statusFeed' : 'set statusFeed, {} for its defaults')
        + ', or set the authorizer of HttpIntake',
    );
  }
}
