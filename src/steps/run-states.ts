import { aws_stepfunctions as sfn } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { IOrderStep, IStepCompensation, OrderStepBindOptions, OrderStepConfig } from './order-step';

/**
 * A step that is a chain of states of yours.
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
   *
   * @default - none, which only a closing step may do
   */
  readonly acceptedStatus?: string;

  /**
   * The statuses of an order that the states rejected.
   *
   * @default - the states reject no order: to end is to accept
   */
  readonly rejectedStatuses?: string[];

  /**
   * What undoes the step.
   *
   * @default - there is nothing to undo
   */
  readonly compensation?: IStepCompensation;

  /**
   * Whether the step runs after the order was completed.
   *
   * @default false
   */
  readonly closing?: boolean;
}

/**
 * Runs any chain of states as a step.
 */
export class RunStates implements IOrderStep {
  public readonly stepName: string;

  /**
   * @param props what to run, and what its outcomes are
   */
  constructor(private readonly props: RunStatesProps) {
    this.stepName = props.stepName;
  }

  public bind(_scope: Construct, _options: OrderStepBindOptions): OrderStepConfig {
    const { states, acceptedStatus, rejectedStatuses, compensation, closing } = this.props;
    return { action: states, acceptedStatus, rejectedStatuses, compensation, closing };
  }
}
