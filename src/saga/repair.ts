import { aws_dynamodb as dynamodb, aws_sns as sns, aws_stepfunctions as sfn } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { Endings } from './endings';
import { literal } from '../jsonata/expressions';
import { failureNotice } from './failure-notice';
import { closeRepaired, resolveOrder, resumeUndo } from '../order-row/on-hold-writes';
import { catchAny } from './states';
import { AlertKind } from '../alerting/alert-kind';

/** @internal */
export interface RepairProps {
  readonly table: dynamodb.ITable;
  readonly topic: sns.ITopic;
  readonly endings: Endings;
}

/**
 * What a person can do about an order that could not be undone.
 *
 * @internal
 */
export class Repair extends Construct {
  /** Tries again what could not be undone; `saga.order` and `saga.outcome` say how the order stands. */
  public readonly resume: sfn.TaskStateBase;
  /** Ends the order; the input is what the person said. */
  public readonly resolve: sfn.TaskStateBase;
  /** Tells that the order is in order again, and closes it: an order of which nobody was told stays listed. */
  public readonly told: sfn.State;

  constructor(scope: Construct, id: string, { table, topic, endings }: RepairProps) {
    super(scope, id);
    const end = endings.makeRepaired();
    const tell = failureNotice(this, 'Tell', {
      topic,
      stateName: 'Publish repaired order',
      kind: literal(AlertKind.ORDER_REPAIRED),
      failure: "{'error': 'None', 'cause': 'all that could be undone is undone'}",
      ofWholeOrder: true,
      outputs: '$saga.order',
    });
    const close = closeRepaired(this, table);
    tell.next(close).next(end);
    for (const state of [tell, close]) {
      catchAny(state, end, { outputs: '$saga.order' });
    }
    this.resume = resumeUndo(this, table);
    this.resolve = resolveOrder(this, table);
    this.resolve.next(tell);
    this.told = tell;
  }
}
