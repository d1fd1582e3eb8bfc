import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { IOrderStep } from './order-step';
import { OrderStepConfig } from './order-step-config';
import { IStepHost } from '../step-host';

/**
 * Properties for AwaitApproval.
 */
export interface AwaitApprovalProps {
  /**
   * The name of the step, unique within its workflow.
   *
   * @default AwaitApproval
   */
  readonly stepName?: string;

  /**
   * How long an order waits, from a second to a year; then it is rejected.
   *
   * @default Duration.days(1)
   */
  readonly timeout?: Duration;

  /**
   * A JSONata condition on the order, such as `$states.input.totalAmount > 1000`; other orders need no approval.
   *
   * @default - every order needs one
   */
  readonly onlyIf?: string;

  /**
   * The status of an order that was approved.
   *
   * @default APPROVED
   */
  readonly acceptedStatus?: string;

  /**
   * The status of an order that was declined, or whose wait timed out.
   *
   * @default NOT_APPROVED
   */
  readonly rejectedStatus?: string;

  /**
   * The status of an order that waits.
   *
   * @default PENDING_APPROVAL
   */
  readonly waitingStatus?: string;
}

/**
 * Waits until the order is approved or declined.
 *
 * The wait costs nothing and survives deployments: its task token is on the order's row. `decideFunction` ends it.
 */
export class AwaitApproval implements IOrderStep {
  public readonly stepName: string;

  /**
   * @param props properties of the step
   */
  constructor(private readonly props: AwaitApprovalProps = {}) {
    this.stepName = props.stepName ?? 'AwaitApproval';
  }

  public bind(_scope: Construct, _host: IStepHost): OrderStepConfig {
    const {
      acceptedStatus = 'APPROVED', rejectedStatus = 'NOT_APPROVED', waitingStatus = 'PENDING_APPROVAL', timeout = Duration.days(1), onlyIf,
    } = this.props;
    return OrderStepConfig.waiting({ waitingStatus, acceptedStatus, rejectedStatus, timeout, onlyIf });
  }
}
