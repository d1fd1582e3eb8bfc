import { aws_dynamodb as dynamodb, aws_stepfunctions as sfn } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ForwardStep, rejectedStatuses } from './saga-step';
import { CatchableState, asOneState, holds } from './states';
import { literal } from '../jsonata/expressions';
import { newSaga, setSaga } from '../jsonata/saga-variable';
import { DynamoTask } from '../order-row/dynamo-task';
import { advanceOrder, waitForDecision } from '../order-row/forward-writes';
import { recordStep } from '../order-row/record-step';
import { orderFunctionTask } from '../private/order-function-task';

/** @internal */
export interface StepStatesProps {
  readonly table: dynamodb.ITable;
  readonly step: ForwardStep;
}

/**
 * The states of one step, which the flow of the order connects.
 *
 * @internal
 */
export class StepStates extends Construct {
  public readonly step: ForwardStep;
  /** Skips the step for an order that does not need it. */
  public readonly needed?: sfn.Choice;
  /** Does the step's work. */
  public readonly task: CatchableState;
  /** Whether the task itself is a conditional write on the order's row. */
  public readonly isRowWrite: boolean;
  /** Writes the outcome to the order's row, where the task does not. */
  public readonly record?: DynamoTask;
  /** Branches on the order's status. */
  public readonly accepted: sfn.Choice;

  constructor(scope: Construct, id: string, { table, step }: StepStatesProps) {
    super(scope, id);
    const { stepName, config } = step;
    this.step = step;
    this.task = taskOf(this, table, step);
    this.isRowWrite = config.kind === 'waiting' || config.kind === 'statusOnly';
    this.record = config.kind === 'task' || config.kind === 'waiting' ? recordStep(this, table, {
      stepName,
      acceptedStatus: config.acceptedStatus,
      rejectedStatuses: rejectedStatuses(config),
      waitingStatus: config.kind === 'waiting' ? config.waitingStatus : undefined,
      keepAs: config.kind === 'task' && config.recordsPayment ? 'payment' : 'results',
      undoBefore: step.undoBefore,
      undoFrom: step.undoFrom,
    }) : undefined;
    this.needed = config.onlyIf === undefined ? undefined
      : sfn.Choice.jsonata(this, 'OnlyIf', { stateName: `${stepName} needed?` }).when(holds(config.onlyIf), this.task);
    this.accepted = sfn.Choice.jsonata(this, 'Choice', {
      stateName: `${stepName} accepted?`,
      // What no other branch takes: it was accepted, but the customer has cancelled, or the status is none of the step's.
      assign: setSaga(newSaga({ order: '$states.input', undoFrom: step.undoFrom && literal(step.undoFrom) })),
    });
  }

  /** The first of the states. */
  public get entry(): sfn.State {
    return this.needed ?? this.task;
  }
}

function taskOf(scope: Construct, table: dynamodb.ITable, { stepName, config, undoBefore }: ForwardStep): CatchableState {
  switch (config.kind) {
    case 'task':
      return asOneState(scope, stepName, config.states);
    case 'transactional': {
      const { handler, kind, compensation, onlyIf, opensOrder, ...settings } = config;
      return orderFunctionTask(scope, 'Task', { ...settings, stepName, function: handler, undoFrom: undoBefore });
    }
    case 'waiting': {
      const { waitingStatus, acceptedStatus, rejectedStatus, timeout } = config;
      return waitForDecision(scope, 'Task', { table, stepName, waitingStatus, acceptedStatus, rejectedStatus, timeout });
    }
    case 'statusOnly':
      return advanceOrder(scope, 'Task', { table, stepName, status: config.acceptedStatus, timeout: config.timeout, retry: config.retry });
  }
}
