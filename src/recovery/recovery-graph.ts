import { aws_dynamodb as dynamodb, aws_sns as sns, aws_stepfunctions as sfn } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { RecoveryEndings } from './recovery-endings';
import { claimOrder, readOrder } from './recovery-tasks';
import { OrderStatus } from '../order-status';
import { ORDER_FIELDS, OWNER, jsonata, list, literal, pick } from '../jsonata/expressions';
import { failureNotice } from '../saga/failure-notice';
import { closeOrder } from '../order-row/forward-writes';
import { furthestStep } from '../saga/furthest-step';
import { SagaStep } from '../saga/saga-step';
import { catchAny, catchRefusal, holds } from '../saga/states';
import { UndoChain } from '../saga/undo-chain';
import { undoEntrance } from '../saga/undo-entrance';
import { beginUndo } from '../order-row/undo-writes';

/** @internal */
export interface RecoveryGraphProps {
  readonly table: dynamodb.ITable;
  readonly topic: sns.ITopic;
  readonly steps: SagaStep[];
  /** For how long something that the dead execution began can still take effect. */
  readonly lateEffectSeconds: number;
}

const ROW = '$states.input';

/** How an order stands that a person repairs. */
const PARKED = `{'outcome': ${ROW}.undo.outcome}`;

/** What was told stays told, however often the row is looked at; who repaired an order knows of its failure. */
const KEPT = `{'published': $exists($saga.published) ? $saga.published : ($request.published = true or ${ROW}.undo.repaired = true) ? true, 'alertedAt': $saga.alertedAt, 'repaired': $exists($saga.repaired) ? $saga.repaired : ${ROW}.undo.repaired}`;

/**
 * The states that take an order over from an execution that died, and undo it with the compensations of its steps.
 *
 * `request` is what the recovery was asked for; `saga` is what the states share with those of the workflow.
 *
 * @internal
 */
export class RecoveryGraph extends Construct {
  public readonly start: sfn.State;
  private readonly endings: RecoveryEndings;
  private readonly undo: UndoChain;
  private readonly entrance: sfn.State;

  constructor(scope: Construct, id: string, private readonly props: RecoveryGraphProps) {
    super(scope, id);
    const { table, topic, steps } = props;
    this.endings = new RecoveryEndings(this, 'Endings');
    const claim = claimOrder(this, table);
    const read = readOrder(this, table);
    this.undo = new UndoChain(this, 'Undo', { table, topic, steps, endings: this.endings, lookUp: read, waits: true });
    this.entrance = undoEntrance(this, { topic, endings: this.endings, undo: this.undo, kind: '$saga.failure.kind' });
    this.undo.retryFrom(this.entrance);

    catchRefusal(claim, this.endings.duplicate, { outputs: ROW });
    for (const state of [claim, read]) {
      catchAny(state, this.endings.unreachable, { outputs: ROW });
    }
    claim.next(this.waitForLateEffects()).next(read).next(this.whatStands(read));
    this.start = claim;
  }

  /** A person who repairs an order comes long after what its execution began. */
  private waitForLateEffects(): sfn.Wait {
    return sfn.Wait.jsonata(this, 'LateEffects', {
      stateName: 'Wait for late effects',
      time: sfn.WaitTime.seconds(jsonata(`$exists($request.repair) ? 0 : ${this.props.lateEffectSeconds}`)),
    });
  }

  private whatStands(read: sfn.State): sfn.Choice {
    const repair = this.undo.repair!;
    const parked = `${ROW}.status = ${literal(OrderStatus.NEEDS_ATTENTION)}`;
    const failure = (step: string) => `$exists($request.failure) ? {'failure': $merge([{'step': ${step}}, $request.failure])}`;
    // A status that no step has any more: it stands for the step that nobody here can undo.
    const reach = `($reach := $lookup(${furthestStep(this.props.steps)}, ${ROW}.status); $exists($reach) ? $reach : {'step': 'Order', 'undoFrom': ${ROW}.status})`;
    return sfn.Choice.jsonata(this, 'WhatStands', {
      stateName: 'Check order',
      assign: saga(`($reach := ${reach}; {'undoFrom': $reach.undoFrom, 'failure': $merge([{'step': $reach.step}, $request.failure])})`),
    })
      .when(holds(`$not(${ROW}.owner = ${OWNER}) or $not($exists(${ROW}.openSince))`), this.endings.duplicate)
      .when(holds(`${parked} and $request.repair.action = 'resolved'`), repair.resolve, { outputs: jsonata('$request.repair'), assign: saga(PARKED) })
      .when(holds(`${parked} and $request.repair.action = 'retry'`), repair.resume, { assign: saga(PARKED) })
      // Somebody has put it in order, and nobody was told.
      .when(holds(`$exists(${ROW}.resolution)`), repair.told, { assign: saga("{'published': true}") })
      // It is parked again, or somebody repaired it before.
      .when(holds(`${parked} or ($exists($request.repair) and $not($exists($saga.undoing)))`), this.endings.duplicate)
      .when(holds(`${ROW}.status = ${literal(OrderStatus.COMPLETED)}`), this.tellUnfinished(), {
        assign: saga("{'toPublish': $exists($request.unpublished) ? $request.unpublished : [$merge([{'step': 'ClosingSteps'}, $request.failure])]}"),
      })
      .when(holds(`$exists(${ROW}.undo)`), this.entrance, {
        assign: saga(`{'undoing': true, 'undoFrom': ${this.firstNotUndone()}}`, failure(`$exists(${ROW}.undo.step) ? ${ROW}.undo.step : $exists(${ROW}.undo.from) ? ${ROW}.undo.from : 'Order'`)),
      })
      .otherwise(this.begin(read));
  }

  /** Compensations run in one order, so the first that is not done is where the undo goes on. */
  private firstNotUndone(): string {
    const { steps } = this.undo;
    return `($from := ${ROW}.undo.from; $done := $keys(${ROW}.undo.done); $chain := ${list(steps)}; `
      + '$at := $filter([0..$count($chain)], function($i) { $chain[$i] = $from })[0]; '
      + '$exists($at) ? $filter($chain, function($step, $i) { $i >= $at and $not($step in $done) })[0] : $from)';
  }

  private begin(read: sfn.State): sfn.State {
    const begin = beginUndo(this, this.props.table);
    begin.next(this.entrance);
    catchRefusal(begin, read, { outputs: '$saga.order' });
    catchAny(begin, this.endings.unreachable, { outputs: '$saga.order' });
    return begin;
  }

  /** The order is completed, but nobody knows what its closing steps have done, or nobody was told of those that failed. */
  private tellUnfinished(): sfn.State {
    const close = closeOrder(this, this.props.table);
    const tell = failureNotice(this, 'TellUnfinished', {
      topic: this.props.topic,
      stateName: 'Publish failed closing steps',
      kind: '$saga.toPublish[0].kind',
      failure: '$saga.toPublish[0]',
      outputs: '$saga.order',
      assign: { saga: jsonata("$merge([$saga, {'toPublish': [$filter($saga.toPublish, function($v, $i) { $i > 0 })]}])") },
    });
    tell.next(sfn.Choice.jsonata(this, 'AllTold', { stateName: 'All published?' })
      .when(holds('$count($saga.toPublish) > 0'), tell)
      .otherwise(close));
    close.next(this.endings.rejected);
    for (const state of [tell, close]) {
      catchAny(state, this.endings.unreachable, { outputs: '$saga.order' });
    }
    return tell;
  }
}

/** What the states share, made anew from the row. */
function saga(...parts: string[]): { saga: string } {
  return { saga: jsonata(`$merge([{'order': ${pick(ROW, ORDER_FIELDS)}}, ${KEPT}, ${parts.join(', ')}])`) };
}
