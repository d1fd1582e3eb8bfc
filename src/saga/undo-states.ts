import { aws_dynamodb as dynamodb } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { SagaStep } from './saga-step';
import { CatchableState, asOneState } from './states';
import { DynamoTask } from '../order-row/dynamo-task';
import { recordUndo } from '../order-row/undo-writes';
import { IStepCompensation } from '../steps/step-compensation';

/**
 * The states that undo one step, which the flow of the undo connects.
 *
 * @internal
 */
export class UndoStates extends Construct {
  public readonly stepName: string;
  /** Runs the compensation. */
  public readonly undo: CatchableState;
  /** Writes to the order's row that the step is undone. */
  public readonly record: DynamoTask;

  constructor(scope: Construct, { stepName, idempotencyPrefix }: SagaStep, table: dynamodb.ITable, compensation: IStepCompensation) {
    super(scope, stepName);
    this.stepName = stepName;
    const stateName = `Undo ${stepName}`;
    this.undo = asOneState(this, stateName, compensation.bind(this, { stepName, stateName, idempotencyPrefix }));
    this.record = recordUndo(this, table, stepName);
  }
}

/** The states of all compensations, the last one first. @internal */
export function undoStates(scope: Construct, table: dynamodb.ITable, steps: SagaStep[]): UndoStates[] {
  return steps.flatMap((step) => {
    const { compensation } = step.config;
    return compensation ? [new UndoStates(scope, step, table, compensation)] : [];
  }).reverse();
}
