import { aws_stepfunctions as sfn } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { Endings, duplicateOrder, needsAttention } from '../saga/endings';

/**
 * The ways a recovery can end: an order that was recovered is a success, whatever had ended it.
 *
 * @internal
 */
export class RecoveryEndings extends Construct implements Endings {
  public readonly rejected: sfn.State;
  public readonly failed: sfn.State;
  public readonly stuck: sfn.State;
  public readonly duplicate: sfn.State;
  /** The order stays open, so the sweeper comes back to it. */
  public readonly unreachable: sfn.State;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const recovered = sfn.Succeed.jsonata(this, 'Recovered', { stateName: 'Order recovered' });
    this.rejected = recovered;
    this.failed = recovered;
    this.duplicate = duplicateOrder(this);
    this.stuck = needsAttention(this);
    this.unreachable = sfn.Fail.jsonata(this, 'Unreachable', {
      stateName: 'Order not recovered',
      error: 'OrderNotRecovered',
      cause: "{% 'the row of order ' & $states.input.orderId & ' could not be read or written: it stays open, and is taken up again' %}",
    });
  }

  public makeRepaired(): sfn.State {
    return this.failed;
  }
}
