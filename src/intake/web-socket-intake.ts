import { Annotations } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { intakeFunction } from './intake-function';
import { IOrderIntake, OrderIntakeBindOptions } from './order-intake';
import { ValidationError } from '../private/validation-error';

/**
 * Takes and cancels orders over the WebSocket API of the status feed: who places an order watches it from then on.
 */
export class WebSocketIntake implements IOrderIntake {
  public bind(scope: Construct, options: OrderIntakeBindOptions): void {
    const { statusFeed } = options;
    if (!statusFeed) {
      throw new ValidationError('WebSocketIntake needs the WebSocket API of the workflow: set statusFeed, {} for its defaults', scope);
    }
    if (statusFeed.usesWatchTokens) {
      Annotations.of(scope).addWarningV2(
        'cdk-order-workflow:openWebSocketIntake',
        'anybody can place orders for anybody over this WebSocket API: give statusFeed an authorizer unless that is what you want',
      );
    }
    const fn = intakeFunction(scope, options, {
      handler: 'web-socket-intake',
      description: 'Takes orders over WebSocket',
      cancels: true,
    });
    statusFeed.provideWatchTokens(fn);
    statusFeed.addRoutes(['submitOrder', 'cancelOrder'], fn);
  }
}
