import { Token, aws_secretsmanager as secretsmanager } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { alertFunction } from './alert-function';
import { AlertKind } from './alert-kind';
import { DeduplicatedAlertOptions } from './alert-options';
import { IAlertTarget } from './alert-target';
import { IOrderWorkflow } from '../order-workflow';
import { ValidationError } from '../private/validation-error';

/**
 * Properties for PagerDutyAlert.
 */
export interface PagerDutyAlertProps extends DeduplicatedAlertOptions {
  /**
   * The host of the Events API: `events.eu.pagerduty.com` for an account in the EU.
   *
   * @default events.pagerduty.com
   */
  readonly host?: string;
}

/**
 * Triggers a PagerDuty incident for each order with a failure, and resolves it when the order is repaired.
 */
export class PagerDutyAlert implements IAlertTarget {
  /**
   * The name of the target.
   */
  public readonly targetName: string;

  /**
   * @param routingKeySecret the secret whose whole text is the integration's routing key; it is read at run time
   * @param props properties
   */
  constructor(private readonly routingKeySecret: secretsmanager.ISecret, private readonly props: PagerDutyAlertProps = {}) {
    this.targetName = props.targetName ?? 'PagerDuty';
  }

  public bind(scope: Construct, workflow: IOrderWorkflow): void {
    const { host = 'events.pagerduty.com', kinds } = this.props;
    if (!Token.isUnresolved(host) && !/^[a-z0-9.-]+$/.test(host)) {
      throw new ValidationError(`host is '${host}': give a host name alone, such as 'events.eu.pagerduty.com'`, scope);
    }
    alertFunction(scope, workflow, {
      handler: 'pager-duty-alert',
      description: 'Triggers and resolves incidents of PagerDuty',
      secret: this.routingKeySecret,
      // Without the alert that resolves it, an incident stays open.
      options: { ...this.props, kinds: kinds?.length ? [...new Set([...kinds, AlertKind.ORDER_REPAIRED])] : kinds },
      environment: { EVENTS_HOST: host },
    });
  }
}
