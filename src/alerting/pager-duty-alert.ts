import { Token, aws_secretsmanager as secretsmanager } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { alertFunction } from './alert-function';
import { AlertKind } from './alert-kind';
import { AlertTargetBindOptions, IAlertTarget, OnceAlertOptions } from './alert-target';
import { ValidationError } from '../private/validation-error';

/**
 * Which alerts make an incident, and where.
 */
export interface PagerDutyAlertProps extends OnceAlertOptions {
  /**
   * The host of the Events API: `events.eu.pagerduty.com` for an account in the EU.
   *
   * @default events.pagerduty.com
   */
  readonly host?: string;
}

/**
 * Opens an incident of PagerDuty for each order that has a problem, and resolves it when the order was repaired.
 */
export class PagerDutyAlert implements IAlertTarget {
  /**
   * @param routingKeySecret holds the integration's routing key, as its whole text; it is read when there is something to tell
   * @param props which alerts
   */
  constructor(private readonly routingKeySecret: secretsmanager.ISecret, private readonly props: PagerDutyAlertProps = {}) {}

  public bind(scope: Construct, options: AlertTargetBindOptions): void {
    const { host = 'events.pagerduty.com', kinds } = this.props;
    if (!Token.isUnresolved(host) && !/^[a-z0-9.-]+$/.test(host)) {
      throw new ValidationError(`host is '${host}': give a host name alone, such as 'events.eu.pagerduty.com'`, scope);
    }
    alertFunction(scope, options, {
      handler: 'pager-duty-alert',
      description: 'Tells PagerDuty of failures of orders',
      secret: this.routingKeySecret,
      // Who hears of the failure must hear of its end, or the incident stays open.
      options: { ...this.props, kinds: kinds?.length ? [...new Set([...kinds, AlertKind.ORDER_REPAIRED])] : kinds },
      environment: { EVENTS_HOST: host },
    });
  }
}
