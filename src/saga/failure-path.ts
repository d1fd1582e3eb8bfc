import {
  aws_dynamodb as dynamodb, aws_sns as sns, aws_stepfunctions as sfn,
} from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { DynamoTask } from '../order-row/dynamo-task';
import { OrderStatus } from '../order-status';
import { Endings } from './endings';
import { OWNER, failureOf, jsonata, list, literal } from '../jsonata/expressions';
import { catchAny, catchRefusal, holds } from './states';
import { UndoChain } from './undo-chain';
import { undoEntrance } from './undo-entrance';
import { beginUndo } from '../order-row/undo-writes';

/** @internal */
export interface FailurePathProps {
  readonly table: dynamodb.ITable;
  readonly topic: sns.ITopic;
  readonly endings: Endings;
  readonly undo: UndoChain;
  readonly lookUp: DynamoTask;
  readonly rejectedStatuses: string[];
  /** JSONata that yields by status what can have begun, where an execution may run twice under one id. */
  readonly furthestStep?: string;
  /** Where an order goes on that was completed although the answer was lost. */
  readonly completed: sfn.State;
}

/** The failure of the saga, or what else to make of a state that cannot hand on. */
const FAILURE = `$exists($saga.failure) ? $saga.failure : ${failureOf('Order')}`;

/**
 * What follows a step that failed or a write that was refused: read the row, and do what it allows.
 *
 * @internal
 */
export class FailurePath extends Construct {
  /** Where the path is entered, with `saga.failure` set if something failed. */
  public readonly start: sfn.State;
  /** Where it is entered when the undo has begun already. */
  public readonly tellAndUndo: sfn.State;

  constructor(scope: Construct, id: string, private readonly props: FailurePathProps) {
    super(scope, id);
    this.tellAndUndo = undoEntrance(this, { ...props, kind: literal('order-failed') });
    props.undo.retryFrom(this.tellAndUndo);
    const begin = beginUndo(this, props.table);
    const { lookUp } = props;
    lookUp.next(this.chooseWhatStands(begin));
    begin.next(this.tellAndUndo);

    // Somebody wrote between the look and the write: look again.
    catchRefusal(begin, lookUp, { outputs: '$saga.order' });
    for (const write of [lookUp, begin]) {
      catchAny(write, this.tellAndUndo, { saga: `$merge([$saga, {'failure': ${FAILURE}}])`, outputs: '$saga.order' });
    }
    this.start = lookUp;
  }

  private chooseWhatStands(begin: sfn.State): sfn.Choice {
    const { endings, completed, rejectedStatuses, furthestStep } = this.props;
    const row = '$states.input';
    const order = `$merge([$saga.order, $sift(${row}, function($v, $k) { $k in ['status', 'version', 'reason', 'cancelRequestedAt'] })])`;
    const refused = list([...rejectedStatuses, OrderStatus.CANCELLED]);
    const unexplained = "{'step': 'Order', 'error': 'UnexpectedOrderState', "
      + `'cause': 'the order is ' & $string(${row}.status) & ' at version ' & $string(${row}.version) `
      + "& ', expected ' & $string($saga.order.status) & ' at ' & $string($saga.order.version)}";
    // Another run of this execution can be further than this one: whatever it can have begun is undone with it.
    const undoFrom = furthestStep
      ? `, ($reach := $lookup(${furthestStep}, ${row}.status); $exists($reach.undoFrom) ? {'undoFrom': $reach.undoFrom})`
      : '';
    const moveOn = { outputs: jsonata(order), assign: { saga: { order: jsonata(order) } } };
    return sfn.Choice.jsonata(this, 'WhatStands', {
      stateName: 'Check order',
      assign: { saga: jsonata(`$merge([$saga, {'failure': ${unexplained}}${undoFrom}])`) },
    })
      .when(holds(`$exists(${row}.owner) and ${row}.owner != ${OWNER}`), endings.duplicate, { outputs: jsonata('$saga.order') })
      .when(holds(`${row}.status = ${literal(OrderStatus.COMPLETED)}`), completed, moveOn)
      // The answer was lost, but the undo began: it goes on from where that write said.
      .when(holds(`$exists(${row}.undo)`), this.tellAndUndo, {
        outputs: jsonata(order),
        assign: {
          saga: jsonata(`{'order': ${order}, 'undoing': true, 'undoFrom': ${row}.undo.from, `
            + `'failure': ${row}.undo.cause = 'failed' ? $saga.failure, 'published': $saga.published, 'alertedAt': $saga.alertedAt, 'repaired': $saga.repaired}`),
        },
      })
      .when(holds(`${row}.status in ${refused} and $not($exists(${row}.openSince))`), endings.rejected, moveOn)
      .when(holds(`$exists($saga.failure) or $exists(${row}.cancelRequestedAt)`), begin, {
        ...(undoFrom && { assign: { saga: jsonata(`$merge([$saga${undoFrom}])`) } }),
      })
      .otherwise(begin);
  }
}
