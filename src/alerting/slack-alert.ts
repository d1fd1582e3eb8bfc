import { Token, aws_secretsmanager as secretsmanager } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { alertFunction } from './alert-function';
import { DeduplicatedAlertOptions } from './alert-options';
import { IAlertTarget } from './alert-target';
import { IOrderWorkflow } from '../order-workflow';
import { ValidationError } from '../private/validation-error';

/**
 * Properties for SlackAlert.
 */
export interface SlackAlertProps extends DeduplicatedAlertOptions {
  /**
   * The hosts that the webhook's URL may have.
   *
   * @default - `hooks.slack.com`
   */
  readonly allowedHosts?: string[];
}

/**
 * Posts alerts to a Slack channel through an incoming webhook.
 */
export class SlackAlert implements IAlertTarget {
  /**
   * The name of the target.
   */
  public readonly targetName: string;

  /**
   * @param webhookSecret the secret whose whole text is the URL of the webhook; it is read at run time
   * @param props properties
   */
  constructor(private readonly webhookSecret: secretsmanager.ISecret, private readonly props: SlackAlertProps = {}) {
    this.targetName = props.targetName ?? 'Slack';
  }

  public bind(scope: Construct, workflow: IOrderWorkflow): void {
    const { allowedHosts = ['hooks.slack.com'] } = this.props;
    const wrong = allowedHosts.find((host) => !Token.isUnresolved(host) && !/^[a-z0-9.-]+$/.test(host));
    if (wrong !== undefined || allowedHosts.length === 0) {
      throw new ValidationError(`allowedHosts is '${allowedHosts.join(', ')}': give host names alone, such as 'hooks.slack.com'`, scope);
    }
    alertFunction(scope, workflow, {
      handler: 'slack-alert',
      description: 'Posts alerts to Slack',
      secret: this.webhookSecret,
      options: this.props,
      environment: { ALLOWED_HOSTS: allowedHosts.join(',') },
    });
  }
}
