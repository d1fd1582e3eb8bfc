import { aws_dynamodb as dynamodb, aws_sns as sns, aws_stepfunctions as sfn } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ClosingStates } from './closing-states';
import { OrderEndings } from './endings';
import { StepTask } from './express-time';
import { furthestStep } from './furthest-step';
import { RepairStates } from './on-hold-states';
import { ORDER_AS_READ, ROW_IS, UNDO_AS_READ, UNEXPECTED_STATE, undoFromAsRead } from './order-check';
import { SagaClosingStep, SagaStep, contentionTimeout, forwardSteps, rejectedStatuses } from './saga-step';
import { CatchableState, catchAny, catchFailedCondition, catchProps, holds } from './states';
import { StepStates } from './step-states';
import { UndoFlow } from './undo-flow';
import { ALERT_KINDS } from '../contract/alert-kinds';
import { STATUSES } from '../contract/statuses';
import { WORKFLOW_STEP } from '../contract/workflow-steps';
import { failureOf, jsonata, list, literal } from '../jsonata/expressions';
import { changedSaga, newSaga, sagaField, setSaga } from '../jsonata/saga-variable';
import { closeOrder, completeOrder } from '../order-row/forward-writes';
import { lookUpOrder } from '../order-row/look-up-order';
import { openOrder } from '../order-row/open-order';
import { beginUndo } from '../order-row/undo-writes';

/** @internal */
export interface OrderFlowProps {
  readonly table: dynamodb.ITable;
  readonly topic: sns.ITopic;
  readonly steps: SagaStep[];
  readonly closingSteps: SagaClosingStep[];
  readonly defaultCurrency: string;
  /** Whether the state machine can wait: for a decision, and for an operator. */
  readonly waits: boolean;
  /** Whether rejections are published. */
  readonly alertRejections?: boolean;
}

const INPUT = '$states.input';
const ORDER = sagaField('order');

/**
 * The way of an order through the state machine: which state follows which.
 *
 *     Open order
 *       -> <step> -> Record <step> -> <step> accepted?     for each step; one that writes the row itself needs no record
 *       -> Complete order
 *       -> <closing step>                                  for each closing step
 *       -> Close order -> Order completed
 *
 *     rejected or cancelled:  Undo <the step before> ...
 *     failed, or the row did not allow a write:
 *       Look up order -> Check order -> Begin undo -> Publish failure -> Where to undo from? -> Undo <step> ...
 *
 *     Undo <step> -> Record undo of <step> -> Undo <the step before> ... -> Finish undo -> All undone?
 *       -> Order rejected | Order failed
 *       -> Publish failed compensation -> Put order on hold -> Retry or resolved?
 *
 * The states from Publish failure on are those of `UndoFlow`, which the recovery has as well.
 *
 * @internal
 */
export class OrderFlow extends Construct {
  public readonly start: sfn.State;
  /** The states in which the steps do their work. */
  public readonly tasks: StepTask[];
  /** The states in which the compensations do theirs. */
  public readonly compensations: sfn.State[];
  private readonly steps: StepStates[];
  private readonly endings: OrderEndings;
  private readonly lookUp: CatchableState;
  private readonly undo: UndoFlow;

  constructor(scope: Construct, id: string, private readonly props: OrderFlowProps) {
    super(scope, id);
    const { table, topic, steps, closingSteps, waits } = props;
    const parent = new Construct(this, 'Steps');
    this.steps = forwardSteps(steps).map((step) => new StepStates(parent, step.stepName, { table, step }));
    const closing = closingSteps.map((step) => new ClosingStates(parent, step.stepName, { topic, step }));
    this.tasks = [
      ...this.steps.map(({ step: { stepName, config }, task }) => ({ stepName, task, contentionTimeout: contentionTimeout(config) })), ...closing,
    ];
    const complete = completeOrder(this, table, closing.length === 0);
    this.endings = new OrderEndings(this, 'Endings', props);
    this.lookUp = lookUpOrder(this, table);
    this.undo = new UndoFlow(this, 'Undo', {
      table,
      topic,
      steps,
      kind: literal(ALERT_KINDS.ORDER_FAILED),
      endings: this.endings,
      lookUp: this.lookUp,
      repair: waits ? new RepairStates(this, 'Repair', { table, topic }) : undefined,
    });
    this.compensations = this.undo.tasks;

    this.start = this.open(this.steps[0]);
    this.steps.forEach((step, index) => this.take(step, this.steps[index + 1]?.entry ?? complete));
    const afterCompletion = this.close(closing);
    this.complete(complete, closing, afterCompletion);
    this.checkAndUndo(afterCompletion);
  }

  /** A first step that writes the row itself, for every order, opens the order with the same write. */
  private open({ step: { config }, entry }: StepStates): sfn.State {
    if (config.kind === 'transactional' && config.opensOrder && config.onlyIf === undefined) {
      return entry;
    }
    const open = openOrder(this, this.props.table, this.props.defaultCurrency);
    catchFailedCondition(open, this.lookUp, { saga: newSaga({ order: INPUT }), outputs: INPUT });
    catchAny(open, this.lookUp, { saga: newSaga({ order: INPUT, failure: failureOf(WORKFLOW_STEP.OPEN_ORDER) }), outputs: INPUT });
    return open.next(entry).startState;
  }

  /** One step: its task, the write of its outcome, and the branch on the order's status. */
  private take({ step, needed, task, record, accepted, isRowWrite }: StepStates, next: sfn.State): void {
    const { stepName, config, undoFrom } = step;
    needed?.otherwise(next);

    if (config.kind === 'waiting' && record) {
      // A wait that timed out is a rejection. A cancel ends the wait with an error of its own.
      const late = `{'status': ${literal(config.rejectedStatus)}, 'reason': 'no decision was made in time'}`;
      task.addCatch(record, catchProps([sfn.Errors.TIMEOUT], { outputs: late }));
      task.addCatch(this.lookUp, catchProps(['OrderCancelled'], { saga: reached(INPUT, undoFrom), outputs: INPUT }));
    }
    this.onFailure(task, stepName, undoFrom, isRowWrite);
    task.next(record ?? accepted);

    if (record) {
      catchFailedCondition(record, this.lookUp, { saga: reached(ORDER, undoFrom), outputs: ORDER });
      catchAny(record, this.lookUp, { saga: reached(ORDER, undoFrom, failureOf(stepName)), outputs: ORDER });
      record.next(accepted);
    }

    this.branch(accepted, step, next, !!record);
  }

  /** The order's status, and nothing else, decides where it goes. */
  private branch(accepted: sfn.Choice, { config, undoBefore, undoFrom }: StepStates['step'], next: sfn.State, isRecorded: boolean): void {
    const status = `${INPUT}.status`;
    const rejected = list([...rejectedStatuses(config), STATUSES.CANCELLED]);
    accepted
      .when(holds(`${status} = ${literal(config.acceptedStatus)} and $not($exists(${INPUT}.cancelRequestedAt))`), next, {
        assign: setSaga(newSaga({ order: INPUT })),
      })
      .when(holds(`${status} in ${rejected}`), undoBefore ? this.undo.entry(undoBefore) : this.endings.rejected, {
        assign: setSaga(reached(INPUT, undoBefore)),
      })
      .when(holds(`${status} = ${literal(STATUSES.DUPLICATE)}`), this.endings.duplicate);
    if (isRecorded) {
      // A status that the step does not declare: the record has begun the undo with it.
      accepted.when(holds(`${status} = ${literal(STATUSES.FAILED)}`), this.undo.start, {
        assign: setSaga(changedSaga({ order: INPUT, undoing: 'true', undoFrom: undoFrom && literal(undoFrom) })),
      });
    }
    accepted.otherwise(this.lookUp);
  }

  /** The point of no return: a completed order is not undone. */
  private complete(complete: CatchableState, closing: ClosingStates[], afterCompletion: sfn.State): void {
    const last = this.steps[this.steps.length - 1];
    this.onFailure(complete, WORKFLOW_STEP.COMPLETE_ORDER, last.step.undoFrom, true);
    if (closing.length > 0) {
      complete.next(afterCompletion);
    }
  }

  /** The closing steps: one that fails is published, and the next one runs. The last write closes the order. */
  private close(closing: ClosingStates[]): sfn.State {
    if (closing.length === 0) {
      return this.endings.completed;
    }
    const close = closeOrder(this, this.props.table);
    closing.forEach(({ stepName, needed, task, publish }, index) => {
      const next = closing[index + 1]?.entry ?? close;
      needed?.otherwise(next);
      task.next(next);
      catchAny(task, publish, { saga: changedSaga({ order: INPUT, failure: failureOf(stepName) }), outputs: INPUT });
      publish.next(next);
      // What was not published keeps the order open, so that the recovery publishes it.
      catchAny(publish, next, { saga: changedSaga({ unpublished: `[${sagaField('unpublished')}, ${sagaField('failure')}]` }), outputs: ORDER });
    });
    close.next(this.endings.completed);
    catchAny(close, this.endings.completed, { outputs: ORDER });
    return closing[0].entry;
  }

  /** After a failure, or a write that the row did not allow: the row decides whether the order is undone. */
  private checkAndUndo(afterCompletion: sfn.State): void {
    const { table, steps, waits } = this.props;
    const rejected = forwardSteps(steps).flatMap(({ config }) => rejectedStatuses(config));
    // An EXPRESS execution may run twice under one id.
    const undoFrom = waits ? undefined : undoFromAsRead(furthestStep(steps));
    const asRead = { outputs: jsonata(ORDER_AS_READ), assign: setSaga(newSaga({ order: ORDER_AS_READ })) };

    const begin = beginUndo(this, table);
    const check = sfn.Choice.jsonata(this, 'CheckOrder', {
      stateName: 'Check order',
      assign: setSaga(changedSaga({ failure: UNEXPECTED_STATE, undoFrom })),
    })
      .when(holds(ROW_IS.anotherExecutions), this.endings.duplicate, { outputs: jsonata(ORDER) })
      .when(holds(ROW_IS.completed), afterCompletion, asRead)
      .when(holds(ROW_IS.beingUndone), this.undo.start, { outputs: jsonata(ORDER_AS_READ), assign: setSaga(UNDO_AS_READ) })
      .when(holds(ROW_IS.closed(rejected)), this.endings.rejected, asRead)
      .when(holds(ROW_IS.explained), begin, { assign: setSaga(changedSaga({ undoFrom })) })
      .otherwise(begin);
    this.lookUp.next(check);
    begin.next(this.undo.start);

    // Another write came between the read and this one: look again.
    catchFailedCondition(begin, this.lookUp, { outputs: ORDER });
    for (const state of [this.lookUp, begin]) {
      const failure = `$exists(${sagaField('failure')}) ? ${sagaField('failure')} : ${failureOf('Order')}`;
      catchAny(state, this.undo.start, { saga: changedSaga({ failure }), outputs: ORDER });
    }
  }

  private onFailure(state: CatchableState, stepName: string, undoFrom: string | undefined, isRowWrite: boolean): void {
    if (isRowWrite) {
      catchFailedCondition(state, this.lookUp, { saga: reached(INPUT, undoFrom), outputs: INPUT });
    }
    catchAny(state, this.lookUp, { saga: reached(INPUT, undoFrom, failureOf(stepName)), outputs: INPUT });
  }
}

/** JSONata: `$saga` of an order that has come to a step, and what failed there. */
function reached(order: string, undoFrom?: string, failure?: string): string {
  return newSaga({ order, undoFrom: undoFrom && literal(undoFrom), failure });
}
