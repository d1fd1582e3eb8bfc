import { aws_sns as sns, aws_stepfunctions as sfn, aws_stepfunctions_tasks as tasks } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { publishNotification } from './notification';
import { SagaClosingStep } from './saga-step';
import { CatchableState, asOneState, holds, passesInputOn } from './states';
import { ALERT_KINDS } from '../contract/alert-kinds';
import { jsonata, literal } from '../jsonata/expressions';
import { sagaField } from '../jsonata/saga-variable';

/** @internal */
export interface ClosingStatesProps {
  readonly topic: sns.ITopic;
  readonly step: SagaClosingStep;
}

/**
 * The states of one closing step, which the flow of the order connects.
 *
 * @internal
 */
export class ClosingStates extends Construct {
  public readonly stepName: string;
  /** Skips the step for an order that does not need it. */
  public readonly needed?: sfn.Choice;
  /** Does the step's work; its output is the order. */
  public readonly task: CatchableState;
  /** Publishes that the step failed. */
  public readonly publish: tasks.SnsPublish;

  constructor(scope: Construct, id: string, { topic, step: { stepName, config } }: ClosingStatesProps) {
    super(scope, id);
    this.stepName = stepName;
    this.task = passesInputOn(config.states)
      ? asOneState(this, stepName, config.states)
      : sfn.Parallel.jsonata(this, 'Branch', { stateName: stepName, outputs: jsonata('$states.input') }).branch(config.states);
    this.publish = publishNotification(this, 'Publish', {
      topic,
      stateName: `Publish failed ${stepName}`,
      kind: literal(ALERT_KINDS.CLOSING_STEP_FAILED),
      failure: sagaField('failure'),
      outputs: sagaField('order'),
    });
    this.needed = config.onlyIf === undefined ? undefined
      : sfn.Choice.jsonata(this, 'OnlyIf', { stateName: `${stepName} needed?` }).when(holds(config.onlyIf), this.task);
  }

  /** The first of the states. */
  public get entry(): sfn.State {
    return this.needed ?? this.task;
  }
}
