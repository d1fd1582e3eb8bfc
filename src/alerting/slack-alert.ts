import { Token, aws_secretsmanager as secretsmanager } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { alertFunction } from './alert-function';
import { AlertTargetBindOptions, IAlertTarget, OnceAlertOptions } from './alert-target';
import { ValidationError } from '../private/validation-error';

/**
 * Which alerts a channel is told, and how.
 */
export interface SlackAlertProps extends OnceAlertOptions {
  /**
   * The hosts that the webhook may be at.
   *
   * @default - `hooks.slack.com`
   */
  readonly allowedHosts?: string[];
}

/**
 * Tells a channel of Slack, by an incoming webhook.
 */
export class SlackAlert implements IAlertTarget {
  /**
   * @param webhookSecret holds the webhook's address, as its whole text; it is read when there is something to tell
   * @param props which alerts
   */
  constructor(private readonly webhookSecret: secretsmanager.ISecret, private readonly props: SlackAlertProps = {}) {}

  public bind(scope: Construct, options: AlertTargetBindOptions): void {
    const { allowedHosts = ['hooks.slack.com'] } = this.props;
    const wrong = allowedHosts.find((host) => !Token.isUnresolved(host) && !/^[a-z0-9.-]+$/.test(host));
    if (wrong !== undefined || allowedHosts.length === 0) {
      throw new ValidationError(`allowedHosts is '${allowedHosts.join(', ')}': give host names alone, such as 'hooks.slack.com'`, scope);
    }
    alertFunction(scope, options, {
      handler: 'slack-alert',
      description: 'Tells Slack of failures of orders',
      secret: this.webhookSecret,
      options: this.props,
      environment: { ALLOWED_HOSTS: allowedHosts.join(',') },
    });
  }
}
