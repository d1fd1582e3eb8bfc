import { Duration, aws_stepfunctions as sfn } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { IOrderStep, OrderStepBindOptions, OrderStepConfig } from './order-step';
import { ValidationError } from '../private/validation-error';
import { waitForDecision } from '../order-row/forward-writes';

/**
 * How orders wait for a person.
 */
export interface AwaitApprovalProps {
  /**
   * The name of the step, unique within its workflow.
   *
   * @default AwaitApproval
   */
  readonly stepName?: string;

  /**
   * How long the order waits; then it is rejected.
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
   * The status of an order that was not approved, or about which nobody decided in time.
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
 * Waits until somebody who may decide approves the order.
 *
 * The wait costs nothing and survives deployments: its token is on the order's row. `decideFunction` answers it.
 */
export class AwaitApproval implements IOrderStep {
  public readonly stepName: string;

  /**
   * @param props how to wait
   */
  constructor(private readonly props: AwaitApprovalProps = {}) {
    this.stepName = props.stepName ?? 'AwaitApproval';
  }

  public bind(scope: Construct, options: OrderStepBindOptions): OrderStepConfig {
    const {
      acceptedStatus = 'APPROVED', rejectedStatus = 'NOT_APPROVED', waitingStatus = 'PENDING_APPROVAL', timeout = Duration.days(1), onlyIf,
    } = this.props;
    if (options.stateMachineType === sfn.StateMachineType.EXPRESS) {
      throw new ValidationError(
        `${this.stepName} waits for a decision, which an EXPRESS state machine cannot: use stateMachineType STANDARD or leave the step out`,
        scope,
      );
    }
    if (timeout.toSeconds() < 1 || timeout.toDays({ integral: false }) > 365) {
      throw new ValidationError(`timeout of ${this.stepName} is ${timeout.toHumanString()}: an order can wait from a second to a year`, scope);
    }
    return {
      action: waitForDecision(scope, 'Task', {
        table: options.ordersTable, stepName: this.stepName, waitingStatus, acceptedStatus, rejectedStatus, timeout,
      }),
      acceptedStatus,
      rejectedStatuses: [rejectedStatus],
      waitingStatus,
      onlyIf,
    };
  }
}
