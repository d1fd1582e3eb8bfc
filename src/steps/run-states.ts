import { aws_stepfunctions as sfn } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { IOrderStep } from './order-step';
import { OrderStepConfig } from './order-step-config';
import { IStepCompensation } from './step-compensation';
import { IStepHost } from '../step-host';

/**
 * Properties for RunStates.
 */
export interface RunStatesProps {
  /**
   * The name of the step, unique within its workflow.
   */
  readonly stepName: string;

  /**
   * The states, JSONPath or JSONata.
   *
   * Their input is the order. The output of the last one is an object with the `status` of the outcome, a
   * `reason` if there is one, and what is to be kept as `results.<stepName>`.
   */
  readonly states: sfn.IChainable;

  /**
   * The status of an order that the states accepted.
   */
  readonly acceptedStatus: string;

  /**
   * The statuses of an order that the states rejected.
   *
   * @default - the states reject no order: to end is to accept
   */
  readonly rejectedStatuses?: string[];

  /**
   * Undoes the step.
   *
   * @default - there is nothing to undo
   */
  readonly compensation?: IStepCompensation;
}

/**
 * Runs any chain of states as a step.
 */
export class RunStates implements IOrderStep {
  public readonly stepName: string;

  /**
   * @param props properties of the step
   */
  constructor(private readonly props: RunStatesProps) {
    this.stepName = props.stepName;
  }

  public bind(_scope: Construct, _host: IStepHost): OrderStepConfig {
    const { states, acceptedStatus, rejectedStatuses, compensation } = this.props;
    return OrderStepConfig.task({ states, acceptedStatus, rejectedStatuses, compensation });
  }
}
