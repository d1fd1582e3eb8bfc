import { aws_dynamodb as dynamodb, aws_sns as sns, aws_stepfunctions as sfn } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { REQUEST, ROW_IS, closingFailures, failureAt, firstNotUndone, furthestReached, readSaga } from './recovery-check';
import { RecoveryEndings } from './recovery-endings';
import { jsonata } from '../jsonata/expressions';
import { changedSaga, newSaga, sagaField, setSaga } from '../jsonata/saga-variable';
import { claimOrder } from '../order-row/claim-order';
import { DynamoTask } from '../order-row/dynamo-task';
import { closeOrder } from '../order-row/forward-writes';
import { readOrder } from '../order-row/look-up-order';
import { beginUndo } from '../order-row/undo-writes';
import { publishNotification } from '../saga/notification';
import { RepairStates } from '../saga/on-hold-states';
import { SagaStep } from '../saga/saga-step';
import { catchAny, catchFailedCondition, holds } from '../saga/states';
import { UndoFlow } from '../saga/undo-flow';

/** @internal */
export interface RecoveryFlowProps {
  readonly table: dynamodb.ITable;
  readonly topic: sns.ITopic;
  readonly steps: SagaStep[];
  /** For how long something that the interrupted execution began can still take effect. */
  readonly lateEffectSeconds: number;
}

const ORDER = sagaField('order');
const INPUT = '$states.input';
const TO_PUBLISH = sagaField('toPublish');

/**
 * The way of a recovery: it takes an order over from an execution that was interrupted, and undoes it.
 *
 *     Claim order -> Wait for late effects -> Read order -> Check order
 *       -> Begin undo -> Where to undo from? ...                  the way back, see `UndoFlow`
 *       -> Where to undo from? ...                                where the undo has begun already
 *       -> Resume undo, Resolve order                             where an operator repairs the order
 *       -> Publish failed closing steps -> All published? -> Close order -> Order recovered
 *       -> Duplicate order                                        where another execution has the order, or nothing is left to do
 *
 * The variable `$request` is the input of the recovery; `$saga` is the same as in the workflow.
 *
 * @internal
 */
export class RecoveryFlow extends Construct {
  public readonly start: sfn.State;
  private readonly endings: RecoveryEndings;
  private readonly repair: RepairStates;
  private readonly read: DynamoTask;
  private readonly undo: UndoFlow;

  constructor(scope: Construct, id: string, private readonly props: RecoveryFlowProps) {
    super(scope, id);
    const { table, topic, steps } = props;
    const claim = claimOrder(this, table);
    this.endings = new RecoveryEndings(this, 'Endings');
    this.repair = new RepairStates(this, 'Repair', { table, topic });
    this.read = readOrder(this, table);
    this.undo = new UndoFlow(this, 'Undo', {
      table, topic, steps, kind: `${sagaField('failure')}.kind`, endings: this.endings, lookUp: this.read, repair: this.repair,
    });

    claim.next(this.waitForLateEffects()).next(this.read).next(this.check());
    catchFailedCondition(claim, this.endings.duplicate, { outputs: INPUT });
    for (const state of [claim, this.read]) {
      catchAny(state, this.endings.leftOpen, { outputs: INPUT });
    }
    this.start = claim;
  }

  /** An operator repairs an order long after the effects of its execution. */
  private waitForLateEffects(): sfn.Wait {
    return sfn.Wait.jsonata(this, 'LateEffects', {
      stateName: 'Wait for late effects',
      time: sfn.WaitTime.seconds(jsonata(`$exists(${REQUEST}.repair) ? 0 : ${this.props.lateEffectSeconds}`)),
    });
  }

  private check(): sfn.Choice {
    const { repair, endings, undo } = this;
    const onHold = { outcome: `${INPUT}.undo.outcome`, failure: failureAt() };
    return sfn.Choice.jsonata(this, 'CheckOrder', { stateName: 'Check order', assign: setSaga(readSaga(furthestReached(this.props.steps))) })
      .when(holds(ROW_IS.anotherExecutions), endings.duplicate)
      .when(holds(ROW_IS.resolvedBy('resolved')), repair.resolve, { outputs: jsonata(`${REQUEST}.repair`), assign: setSaga(readSaga(newSaga(onHold))) })
      .when(holds(ROW_IS.resolvedBy('retry')), repair.resume, { assign: setSaga(readSaga(newSaga(onHold))) })
      .when(holds(ROW_IS.resolved), undo.start, { assign: setSaga(readSaga(newSaga({ undoing: 'true', repaired: 'true', failure: failureAt() }))) })
      .when(holds(ROW_IS.onHoldOrRepaired), endings.duplicate)
      .when(holds(ROW_IS.completed), this.publishClosingFailures(), { assign: setSaga(readSaga(newSaga({ toPublish: closingFailures() }))) })
      .when(holds(ROW_IS.beingUndone), undo.start, {
        assign: setSaga(readSaga(newSaga({ undoing: 'true', undoFrom: firstNotUndone(undo.steps), failure: failureAt() }))),
      })
      .otherwise(this.beginUndo());
  }

  private beginUndo(): sfn.State {
    const begin = beginUndo(this, this.props.table, true);
    begin.next(this.undo.start);
    catchFailedCondition(begin, this.read, { outputs: ORDER });
    catchAny(begin, this.endings.leftOpen, { outputs: ORDER });
    return begin;
  }

  /** The order is completed: its closing steps may not have run, or their failures were not published. */
  private publishClosingFailures(): sfn.State {
    const close = closeOrder(this, this.props.table);
    const publish = publishNotification(this, 'PublishClosingFailure', {
      topic: this.props.topic,
      stateName: 'Publish failed closing steps',
      kind: `${TO_PUBLISH}[0].kind`,
      failure: `${TO_PUBLISH}[0]`,
      outputs: ORDER,
      saga: changedSaga({ toPublish: `[$filter(${TO_PUBLISH}, function($v, $i) { $i > 0 })]` }),
    });
    publish.next(sfn.Choice.jsonata(this, 'AllPublished', { stateName: 'All published?' })
      .when(holds(`$count(${TO_PUBLISH}) > 0`), publish)
      .otherwise(close));
    close.next(this.endings.rejected);
    for (const state of [publish, close]) {
      catchAny(state, this.endings.leftOpen, { outputs: ORDER });
    }
    return publish;
  }
}
