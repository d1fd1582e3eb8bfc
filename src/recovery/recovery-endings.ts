import { aws_stepfunctions as sfn } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { jsonata } from '../jsonata/expressions';
import { UndoEndings, duplicateOrder, needsAttention } from '../saga/endings';

/**
 * How a recovery can end: an order that is recovered is a success, whatever its failure was.
 *
 * @internal
 */
export class RecoveryEndings extends Construct implements UndoEndings {
  public readonly rejected: sfn.State;
  public readonly failed: sfn.State;
  public readonly needsAttention: sfn.State;
  public readonly duplicate: sfn.State;
  /** The order stays open, and the next sweep recovers it. */
  public readonly leftOpen: sfn.State;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const recovered = sfn.Succeed.jsonata(this, 'Recovered', { stateName: 'Order recovered' });
    this.rejected = recovered;
    this.failed = recovered;
    this.duplicate = duplicateOrder(this);
    this.needsAttention = needsAttention(this);
    this.leftOpen = sfn.Fail.jsonata(this, 'LeftOpen', {
      stateName: 'Order not recovered',
      error: 'OrderNotRecovered',
      cause: jsonata("'the row of order ' & $states.input.orderId & ' could not be read or written: it stays open, and is recovered again'"),
    });
  }

  public makeRepaired(): sfn.State {
    return this.failed;
  }
}
