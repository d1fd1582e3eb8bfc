import { aws_sns as sns, aws_stepfunctions as sfn } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { publishNotification } from './notification';
import { catchAny, holds } from './states';
import { ALERT_KINDS } from '../contract/alert-kinds';
import { STATE_NAMES } from '../contract/state-names';
import { STATUSES } from '../contract/statuses';
import { jsonata, literal } from '../jsonata/expressions';
import { sagaField } from '../jsonata/saga-variable';

/**
 * How the undo of an order can end.
 *
 * @internal
 */
export interface UndoEndings {
  /** The order was rejected or cancelled, and is undone. */
  readonly rejected: sfn.State;
  /** A failure ended the order, and it is undone. */
  readonly failed: sfn.State;
  /** A compensation failed, and the execution cannot wait for an operator. */
  readonly needsAttention: sfn.State;
  /** The row could not be written: the order stays open, and is recovered. */
  readonly leftOpen: sfn.State;
  /** The order belongs to another execution. */
  readonly duplicate: sfn.State;
  /** The order was on hold, and is resolved or undone: made when a state leads there. */
  makeRepaired(): sfn.State;
}

/** @internal */
export interface OrderEndingsProps {
  readonly topic: sns.ITopic;
  /** Whether rejections are published. */
  readonly alertRejections?: boolean;
}

const ORDER = sagaField('order');
const FAILURE = sagaField('failure');

/**
 * How the execution of an order can end.
 *
 * A rejection or a cancel is an ordinary outcome: only what needs an engineer ends in a Fail.
 *
 * @internal
 */
export class OrderEndings extends Construct implements UndoEndings {
  public readonly completed: sfn.State;
  public readonly rejected: sfn.State;
  public readonly duplicate: sfn.State;
  public readonly failed: sfn.State;
  public readonly needsAttention: sfn.State;
  public readonly leftOpen: sfn.State;

  constructor(scope: Construct, id: string, { topic, alertRejections }: OrderEndingsProps) {
    super(scope, id);
    this.completed = sfn.Succeed.jsonata(this, 'Completed', { stateName: 'Order completed' });
    const rejected = sfn.Succeed.jsonata(this, 'Rejected', {
      stateName: STATE_NAMES.ORDER_REJECTED,
      comment: 'Rejected or cancelled, and undone',
    });
    this.rejected = alertRejections ? this.publishRejection(topic, rejected) : rejected;
    this.duplicate = duplicateOrder(this);
    this.failed = sfn.Fail.jsonata(this, 'Failed', {
      stateName: 'Order failed',
      error: 'OrderFailed',
      cause: jsonata(`${FAILURE}.step & ' failed with ' & $string(${FAILURE}.error) & ': ' & $string(${FAILURE}.cause)`),
    });
    this.needsAttention = needsAttention(this);
    this.leftOpen = sfn.Fail.jsonata(this, 'LeftOpen', {
      stateName: 'Order left open',
      error: 'OrderLeftOpen',
      cause: jsonata(`'the end of the undo of order ' & ${ORDER}.orderId & ' could not be written: the order stays open, and is recovered'`),
    });
  }

  public makeRepaired(): sfn.State {
    return sfn.Choice.jsonata(this, 'Repaired', { stateName: 'Why was it undone?' })
      .when(holds(`$exists(${FAILURE})`), this.failed)
      .otherwise(this.rejected);
  }

  private publishRejection(topic: sns.ITopic, rejected: sfn.State): sfn.State {
    const publish = publishNotification(this, 'PublishRejection', {
      topic,
      stateName: 'Publish rejection',
      kind: literal(ALERT_KINDS.ORDER_REJECTED),
      failure: `{'error': ${ORDER}.status, 'cause': ${ORDER}.reason}`,
      ofWholeOrder: true,
      outputs: ORDER,
    });
    publish.next(rejected);
    catchAny(publish, rejected, { outputs: ORDER });
    return publish;
  }
}

/** @internal */
export function duplicateOrder(scope: Construct): sfn.Succeed {
  return sfn.Succeed.jsonata(scope, 'Duplicate', {
    stateName: STATE_NAMES.DUPLICATE_ORDER,
    comment: 'The order belongs to another execution, and is unchanged',
    outputs: jsonata(`$merge([$states.input, {'status': ${literal(STATUSES.DUPLICATE)}}])`),
  });
}

/** @internal */
export function needsAttention(scope: Construct): sfn.Fail {
  return sfn.Fail.jsonata(scope, 'NeedsAttention', {
    stateName: 'Order needs attention',
    error: 'OrderNeedsAttention',
    cause: jsonata(`'could not undo ' & $join([${sagaField('attention')}.step], ', ') & ' of order ' & ${ORDER}.orderId`),
  });
}
