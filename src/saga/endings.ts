import { aws_sns as sns, aws_stepfunctions as sfn } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { STATE_NAMES } from '../contract/state-names';
import { literal } from '../jsonata/expressions';
import { failureNotice } from './failure-notice';
import { catchAny, holds } from './states';
import { AlertKind } from '../alerting/alert-kind';

/**
 * The ways in which what undoes an order can end.
 *
 * @internal
 */
export interface Endings {
  /** It was rejected or cancelled, and undone. */
  readonly rejected: sfn.State;
  /** A failure ended it, and it was undone. */
  readonly failed: sfn.State;
  /** It could not be undone, and nobody waits for what people say. */
  readonly stuck: sfn.State;
  /** Its row could not be written: it stays open, for the recovery to go on with. */
  readonly unreachable: sfn.State;
  /** Somebody else has it. */
  readonly duplicate: sfn.State;
  /** It could not be undone at once, and now it is: made when there is a way to it. */
  makeRepaired(): sfn.State;
}

/** @internal */
export interface OrderEndingsProps {
  readonly topic: sns.ITopic;
  /** Whether rejections are told to the topic. */
  readonly alertRejections?: boolean;
}

/**
 * The ways an execution can end before or without completing its order.
 *
 * A rejection or a cancel is an ordinary outcome: only what needs an engineer ends in a Fail.
 *
 * @internal
 */
export class OrderEndings extends Construct implements Endings {
  public readonly rejected: sfn.State;
  public readonly duplicate: sfn.State;
  public readonly failed: sfn.State;
  public readonly stuck: sfn.State;
  public readonly unreachable: sfn.State;

  constructor(scope: Construct, id: string, { topic, alertRejections }: OrderEndingsProps) {
    super(scope, id);
    const rejected = sfn.Succeed.jsonata(this, 'Rejected', {
      stateName: STATE_NAMES.ORDER_REJECTED,
      comment: 'Rejected or cancelled, and undone',
    });
    this.rejected = alertRejections ? this.tellRejection(topic, rejected) : rejected;
    this.duplicate = duplicateOrder(this);
    this.failed = sfn.Fail.jsonata(this, 'Failed', {
      stateName: 'Order failed',
      error: 'OrderFailed',
      cause: "{% $saga.failure.step & ' failed with ' & $string($saga.failure.error) & ': ' & $string($saga.failure.cause) %}",
    });
    this.stuck = needsAttention(this);
    this.unreachable = sfn.Fail.jsonata(this, 'Unreachable', {
      stateName: 'Order left open',
      error: 'OrderLeftOpen',
      cause: "{% 'the end of the undo of order ' & $saga.order.orderId & ' could not be written: the order stays open, and is recovered' %}",
    });
  }

  public makeRepaired(): sfn.State {
    return sfn.Choice.jsonata(this, 'Repaired', { stateName: 'Why was it undone?' })
      .when(holds('$exists($saga.failure)'), this.failed)
      .otherwise(this.rejected);
  }

  private tellRejection(topic: sns.ITopic, rejected: sfn.State): sfn.State {
    const tell = failureNotice(this, 'TellRejection', {
      topic,
      stateName: 'Publish rejection',
      kind: literal(AlertKind.ORDER_REJECTED),
      failure: "{'error': $saga.order.status, 'cause': $saga.order.reason}",
      ofWholeOrder: true,
      outputs: '$saga.order',
    });
    tell.next(rejected);
    catchAny(tell, rejected, { outputs: '$saga.order' });
    return tell;
  }
}

/** @internal */
export function duplicateOrder(scope: Construct): sfn.Succeed {
  return sfn.Succeed.jsonata(scope, 'Duplicate', {
    stateName: STATE_NAMES.DUPLICATE_ORDER,
    comment: 'Another execution owns this order; nothing was touched',
    outputs: "{% $merge([$states.input, {'status': 'DUPLICATE'}]) %}",
  });
}

/** @internal */
export function needsAttention(scope: Construct): sfn.Fail {
  return sfn.Fail.jsonata(scope, 'NeedsAttention', {
    stateName: 'Order needs attention',
    error: 'OrderNeedsAttention',
    cause: "{% 'could not undo ' & $join([$saga.attention.step], ', ') & ' of order ' & $saga.order.orderId %}",
  });
}
