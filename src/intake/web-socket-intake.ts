import { Annotations } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { intakeFunction } from './intake-function';
import { IOrderIntake } from './order-intake';
import { IOrderWorkflow } from '../order-workflow';
import { noteOpenIntake } from '../private/open-mail';

/**
 * Properties for WebSocketIntake.
 */
export interface WebSocketIntakeProps {
  /**
   * The name of the intake.
   *
   * @default WebSocket
   */
  readonly intakeName?: string;
}

/**
 * Receives and cancels orders over the WebSocket API of the status feed; the connection that places an order is subscribed to it.
 */
export class WebSocketIntake implements IOrderIntake {
  /**
   * The name of the intake.
   */
  public readonly intakeName: string;

  /**
   * @param props properties
   */
  constructor(props: WebSocketIntakeProps = {}) {
    this.intakeName = props.intakeName ?? 'WebSocket';
  }

  public bind(scope: Construct, workflow: IOrderWorkflow): void {
    const { statusFeed } = workflow;
    if (statusFeed.usesWatchTokens) {
      Annotations.of(scope).addWarningV2(
        'cdk-order-workflow:openWebSocketIntake',
        'any caller can place orders for any user over this WebSocket API: set the authorizer of statusFeed unless that is intended',
      );
      noteOpenIntake(scope, this.intakeName, 'set the authorizer of statusFeed');
    }
    const fn = intakeFunction(scope, workflow, {
      handler: 'web-socket-intake',
      description: 'Receives orders over WebSocket',
      cancels: true,
    });
    statusFeed.provideWatchTokens(fn);
    statusFeed.addRoutes(['submitOrder', 'cancelOrder'], fn);
  }
}
