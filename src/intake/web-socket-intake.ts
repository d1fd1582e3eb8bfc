import { Annotations, aws_iam as iam } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { intakeFunction, watchTokenEnvironment } from './intake-function';
import { IOrderIntake, OrderIntakeBindOptions } from './order-intake';
import { ValidationError } from '../private/validation-error';
import { WebSocketIntegration } from '../private/web-socket-integration';

/**
 * Takes and cancels orders over the WebSocket API of the status feed: who places an order watches it from then on.
 */
export class WebSocketIntake implements IOrderIntake {
  public bind(scope: Construct, options: OrderIntakeBindOptions): void {
    const { statusFeed } = options;
    if (!statusFeed) {
      throw new ValidationError('WebSocketIntake needs the WebSocket API of the workflow: set statusFeed, {} for its defaults', scope);
    }
    if (statusFeed.watchSecret) {
      Annotations.of(scope).addWarningV2(
        'cdk-order-workflow:openWebSocketIntake',
        'anybody can place orders for anybody over this WebSocket API: give statusFeed an authorizer unless that is what you want',
      );
    }
    const fn = intakeFunction(scope, options, {
      handler: 'web-socket-intake',
      description: 'Takes orders over WebSocket',
      cancels: true,
      environment: { ...statusFeed._messageEnvironment(), ...watchTokenEnvironment(options) },
    });
    statusFeed._grantSubscribe(fn);
    statusFeed.watchSecret?.grantRead(fn);

    const integration = new WebSocketIntegration('Intake', fn);
    fn.addPermission('Routes', {
      principal: new iam.ServicePrincipal('apigateway.amazonaws.com'),
      sourceArn: statusFeed.api.arnForExecuteApiV2('*', statusFeed.stage.stageName),
    });
    for (const key of ['submitOrder', 'cancelOrder']) {
      statusFeed.api.addRoute(key, { integration, returnResponse: true });
    }
  }
}
