import { aws_stepfunctions as sfn } from 'aws-cdk-lib';
import { Construct } from 'constructs';

/** Names of states that the metrics count, so they are written once. @internal */
export const REJECTED_STATE = 'Order rejected';
/** @internal */
export const DUPLICATE_STATE = 'Duplicate order';

/**
 * The ways an execution can end before or without completing its order.
 *
 * A rejection or a cancel is an ordinary outcome: only what needs an engineer ends in a Fail.
 *
 * @internal
 */
export class Endings extends Construct {
  public readonly rejected: sfn.Succeed;
  public readonly duplicate: sfn.Succeed;
  public readonly failed: sfn.Fail;
  public readonly stuck: sfn.Fail;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.rejected = sfn.Succeed.jsonata(this, 'Rejected', {
      stateName: REJECTED_STATE,
      comment: 'Rejected or cancelled, and undone',
    });
    this.duplicate = sfn.Succeed.jsonata(this, 'Duplicate', {
      stateName: DUPLICATE_STATE,
      comment: 'Another execution owns this order; nothing was touched',
      outputs: "{% $merge([$states.input, {'status': 'DUPLICATE'}]) %}",
    });
    this.failed = sfn.Fail.jsonata(this, 'Failed', {
      stateName: 'Order failed',
      error: 'OrderFailed',
      cause: "{% $saga.failure.step & ' failed with ' & $string($saga.failure.error) & ': ' & $string($saga.failure.cause) %}",
    });
    this.stuck = sfn.Fail.jsonata(this, 'NeedsAttention', {
      stateName: 'Order needs attention',
      error: 'OrderNeedsAttention',
      cause: "{% 'could not undo ' & $join([$saga.attention.step], ', ') & ' of order ' & $saga.order.orderId %}",
    });
  }
}
