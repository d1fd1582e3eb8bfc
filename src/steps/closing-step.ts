import { aws_stepfunctions as sfn } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { IStepHost } from '../step-host';

/**
 * A step that runs after the order was completed.
 *
 * It is retried, an alert is published when it fails, and nothing is undone. `ClosingFunction` and `ClosingStates` cover most needs
 * without an implementation of your own.
 */
export interface IClosingStep {
  /**
   * The name of the step, unique within its workflow.
   */
  readonly stepName: string;

  /**
   * Makes what the step needs and returns how it takes part in the workflow.
   *
   * @param scope the parent of what the step makes, its own
   * @param host the workflow
   */
  bind(scope: Construct, host: IStepHost): ClosingStepConfig;
}

/**
 * Properties for `ClosingStepConfig.task`.
 */
export interface ClosingTaskProps {
  /**
   * The states that do the work. Their input is the order; their output is ignored.
   */
  readonly states: sfn.IChainable;

  /**
   * A JSONata condition on the order, `$states.input`; where it does not hold, the step is skipped.
   *
   * @default - the step runs for every order
   */
  readonly onlyIf?: string;
}

/** The same for every copy of the library. */
const CLOSING_STEP_CONFIG = Symbol.for('cdk-order-workflow.ClosingStepConfig');

/**
 * How a closing step takes part in the workflow.
 */
export class ClosingStepConfig {
  /**
   * A closing step that runs states.
   *
   * @param props properties of the step
   */
  public static task(props: ClosingTaskProps): ClosingStepConfig {
    return new ClosingStepConfig(props);
  }

  /** @internal */
  public static _isClosingStepConfig(value: unknown): value is ClosingStepConfig {
    return typeof value === 'object' && value !== null && CLOSING_STEP_CONFIG in value;
  }

  /** @internal */
  public static _detailsOf(config: ClosingStepConfig): ClosingTaskProps {
    return config.details;
  }

  private constructor(private readonly details: ClosingTaskProps) {
    Object.defineProperty(this, CLOSING_STEP_CONFIG, { value: true });
  }
}
