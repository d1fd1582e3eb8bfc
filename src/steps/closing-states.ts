import { aws_stepfunctions as sfn } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ClosingStepConfig, IClosingStep } from './closing-step';
import { IStepHost } from '../step-host';

/**
 * Properties for ClosingStates.
 */
export interface ClosingStatesProps {
  /**
   * The name of the step, unique within its workflow.
   */
  readonly stepName: string;

  /**
   * The states, JSONPath or JSONata. Their input is the completed order; their output is ignored.
   */
  readonly states: sfn.IChainable;
}

/**
 * Runs any chain of states after the order was completed.
 */
export class ClosingStates implements IClosingStep {
  public readonly stepName: string;

  /**
   * @param props properties of the step
   */
  constructor(private readonly props: ClosingStatesProps) {
    this.stepName = props.stepName;
  }

  public bind(_scope: Construct, _host: IStepHost): ClosingStepConfig {
    return ClosingStepConfig.task({ states: this.props.states });
  }
}
