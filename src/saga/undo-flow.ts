import { aws_dynamodb as dynamodb, aws_sns as sns, aws_stepfunctions as sfn } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { UndoEndings } from './endings';
import { publishNotification } from './notification';
import { RepairStates, publishFailedCompensation, retryOrResolved } from './on-hold-states';
import { SagaStep } from './saga-step';
import { CatchableState, catchAny, catchFailedCondition, holds } from './states';
import { UndoStates, undoStates } from './undo-states';
import { STATE_NAMES } from '../contract/state-names';
import { WORKFLOW_STEP } from '../contract/workflow-steps';
import { ENTERED_AT, failureOf, jsonata, literal } from '../jsonata/expressions';
import { changedSaga, sagaField, setSaga } from '../jsonata/saga-variable';
import { holdOrder } from '../order-row/on-hold-writes';
import { finishUndo } from '../order-row/undo-writes';

/** @internal */
export interface UndoFlowProps {
  readonly table: dynamodb.ITable;
  readonly topic: sns.ITopic;
  readonly steps: SagaStep[];
  /** JSONata that yields the kind of alert. */
  readonly kind: string;
  readonly endings: UndoEndings;
  /** Reads the row again when it is not as the undo has left it. */
  readonly lookUp: sfn.State;
  /** The states of an operator's repair, where the state machine can wait for it. */
  readonly repair?: RepairStates;
}

const ORDER = sagaField('order');
const FAILURE = sagaField('failure');
const UNDO_FROM = sagaField('undoFrom');

/** JSONata: all known steps are undone, and the unknown one is on hold for an operator. */
const UNKNOWN_STEP = changedSaga({
  attention: `[{'step': ${UNDO_FROM}, 'error': 'UnknownStep', 'cause': 'the workflow has no step ' & ${UNDO_FROM} & ' that it could undo'}]`,
});

/**
 * The way back, of an order and of a recovery:
 *
 *     Where to undo from? -> Publish failure             once
 *       -> Undo <step> -> Record undo of <step>          for each step from there, in reverse; one that fails does not stop the others
 *       -> Finish undo -> All undone?
 *       -> Order rejected | Order failed
 *       -> Publish failed compensation -> Put order on hold -> Retry or resolved?
 *            -> Resume undo, Resolve order -> Where to undo from? ... All undone? -> Publish repaired order -> Close repaired order
 *
 * @internal
 */
export class UndoFlow extends Construct {
  /** Where the undo begins: it is on the order's row, or could not be written. */
  public readonly start: sfn.State;
  /** The steps that can be undone, the last one first. */
  public readonly steps: string[];
  private readonly undos: UndoStates[];
  private readonly finish: CatchableState;

  constructor(scope: Construct, id: string, private readonly props: UndoFlowProps) {
    super(scope, id);
    this.undos = undoStates(this, props.table, props.steps);
    this.steps = this.undos.map(({ stepName }) => stepName);
    this.finish = finishUndo(this, props.table);

    this.start = this.publishAndEnter();
    this.undoInReverse();
    this.finishUndo(this.putOnHold());
  }

  /** The states in which the compensations do their work. */
  public get tasks(): CatchableState[] {
    return this.undos.map(({ undo }) => undo);
  }

  /** The state that undoes this step; those of the earlier steps follow it. */
  public entry(stepName: string): sfn.State {
    return this.undos.find((undo) => undo.stepName === stepName)?.undo ?? this.finish;
  }

  /** Publishes the failure, if it is not published yet, and enters the compensations at `undoFrom`. */
  private publishAndEnter(): sfn.Choice {
    const { topic, kind, endings } = this.props;
    const publish = publishNotification(this, 'PublishFailure', {
      topic,
      stateName: STATE_NAMES.PUBLISH_FAILURE,
      kind,
      failure: FAILURE,
      outputs: ORDER,
      saga: changedSaga({ published: 'true', alertedAt: ENTERED_AT }),
    });
    const order = { outputs: jsonata(ORDER) };
    const choice = sfn.Choice.jsonata(this, 'WhereFrom', { stateName: 'Where to undo from?', ...order })
      .when(holds(`$exists(${FAILURE}) and $not($exists(${sagaField('published')}))`), publish, order)
      // The undo could not be written, so a late effect of a step is not fenced off: the order stays open, and is recovered.
      .when(holds(`$not($exists(${sagaField('undoing')}))`), endings.failed, order);
    for (const { stepName, undo } of this.undos) {
      choice.when(holds(`${UNDO_FROM} = ${literal(stepName)}`), undo, order);
    }
    // A step that the workflow had when the order was started, and has no more.
    choice.when(holds(`$exists(${UNDO_FROM})`), this.undos[0]?.undo ?? this.finish, { ...order, assign: setSaga(UNKNOWN_STEP) });
    choice.otherwise(this.finish);
    publish.next(choice);
    // A failed publish does not stop the undo: the recovery publishes it later.
    catchAny(publish, choice, { saga: changedSaga({ published: 'false' }), outputs: ORDER });
    return choice;
  }

  private undoInReverse(): void {
    this.undos.forEach(({ stepName, undo, record }, index) => {
      const next = this.undos[index + 1]?.undo ?? this.finish;
      const attention = changedSaga({ attention: `[${sagaField('attention')}, ${failureOf(stepName)}]` });
      undo.next(record);
      record.next(next);
      catchAny(undo, next, { saga: attention, outputs: ORDER });
      catchFailedCondition(record, this.props.lookUp, { outputs: ORDER });
      catchAny(record, next, { saga: attention, outputs: ORDER });
    });
  }

  private finishUndo(onHold: sfn.State): void {
    const { endings, lookUp, repair } = this.props;
    const ended = sfn.Choice.jsonata(this, 'Ended', { stateName: 'All undone?' })
      .when(holds(`$exists(${sagaField('attention')})`), onHold);
    if (repair) {
      // With its failure unpublished the order stays open, and is recovered.
      ended.when(holds(`$exists(${sagaField('repaired')}) and $not(${sagaField('published')} = false)`), repair.publish);
    }
    ended.when(holds(`$exists(${FAILURE})`), endings.failed).otherwise(endings.rejected);
    this.finish.next(ended);
    catchFailedCondition(this.finish, lookUp, { outputs: ORDER });
    catchAny(this.finish, endings.leftOpen, { outputs: ORDER });
  }

  /** A compensation failed: the order is on hold, and an operator retries or resolves it. */
  private putOnHold(): sfn.State {
    const { table, topic, endings, repair } = this.props;
    const publish = publishFailedCompensation(this, topic);
    const hold = holdOrder(this, { table, waits: !!repair });
    publish.next(hold);
    catchAny(publish, hold, { saga: changedSaga({ holdPublished: 'false' }), outputs: ORDER });
    catchAny(hold, endings.needsAttention, { outputs: ORDER });
    if (repair) {
      hold.next(retryOrResolved(this).when(holds("$states.input.action = 'resolved'"), repair.resolve).otherwise(repair.resume));
      this.repair(repair, publish);
    } else {
      // The recovery has the states of the repair.
      hold.next(endings.needsAttention);
    }
    return publish;
  }

  private repair({ resume, resolve, publish, close }: RepairStates, publishHold: sfn.State): void {
    const end = this.props.endings.makeRepaired();
    resume.next(this.start);
    resolve.next(this.start);
    publish.next(close).next(end);
    for (const state of [publish, close]) {
      catchAny(state, end, { outputs: ORDER });
    }
    for (const write of [resume, resolve]) {
      // The operator's answer was not written: the order goes on hold again.
      catchAny(write, publishHold, { saga: changedSaga({ attention: `[${failureOf(WORKFLOW_STEP.REPAIR_ORDER)}]` }), outputs: ORDER });
    }
  }
}
