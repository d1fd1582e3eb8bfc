import { aws_sns as sns, aws_stepfunctions as sfn } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { STATE_NAMES } from '../contract/state-names';
import { Endings } from './endings';
import { ENTERED_AT, jsonata, literal } from '../jsonata/expressions';
import { failureNotice } from './failure-notice';
import { catchAny, holds } from './states';
import { UndoChain } from './undo-chain';

/** @internal */
export interface UndoEntranceProps {
  readonly topic: sns.ITopic;
  readonly endings: Endings;
  readonly undo: UndoChain;
  /** JSONata that yields the kind of alert. */
  readonly kind: string;
}

/** Everything that is known is undone, and the rest is told to people. */
const UNKNOWN_STEP = "$merge([$saga, {'attention': [{'step': $saga.undoFrom, 'error': 'UnknownStep', "
  + "'cause': 'the workflow has no step ' & $saga.undoFrom & ' that it could undo'}]}])";

/**
 * Tells what failed, if it was not told yet, and enters the chain of compensations where `saga.undoFrom` says.
 *
 * @internal
 */
export function undoEntrance(scope: Construct, { topic, endings, undo, kind }: UndoEntranceProps): sfn.Choice {
  const tell = failureNotice(scope, 'Tell', {
    topic,
    stateName: STATE_NAMES.PUBLISH_FAILURE,
    kind,
    failure: '$saga.failure',
    outputs: '$saga.order',
    assign: { saga: jsonata(`$merge([$saga, {'published': true, 'alertedAt': ${ENTERED_AT}}])`) },
  });
  const order = { outputs: jsonata('$saga.order') };
  const choice = sfn.Choice.jsonata(scope, 'WhereFrom', { stateName: 'Where to undo from?', ...order })
    .when(holds('$exists($saga.failure) and $not($exists($saga.published))'), tell, order)
    // The row could not be written, so nothing fences off a late effect: the order stays open, to be recovered.
    .when(holds('$not($exists($saga.undoing))'), endings.failed, order);
  for (const step of undo.steps) {
    choice.when(holds(`$saga.undoFrom = ${literal(step)}`), undo.entry(step), order);
  }
  // A step that the workflow had when it began the order, and has no more: nobody here can undo it.
  choice.when(holds('$exists($saga.undoFrom)'), undo.entry(undo.steps[0]), { ...order, assign: { saga: jsonata(UNKNOWN_STEP) } });
  choice.otherwise(undo.end);
  tell.next(choice);
  // A topic that is gone must not keep the customer's money: what was not told is found by the sweeper.
  catchAny(tell, choice, { saga: "$merge([$saga, {'published': false}])", outputs: '$saga.order' });
  return choice;
}
