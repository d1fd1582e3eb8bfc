import { aws_dynamodb as dynamodb, aws_sns as sns, aws_stepfunctions as sfn } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { Endings } from './endings';
import { literal } from './expressions';
import { failureNotice } from './failure-notice';
import { resolveOrder, resumeUndo } from './parking-writes';
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
  /** Closes the order; the input is what the person said. */
  public readonly resolve: sfn.TaskStateBase;
  /** Tells that the order is in order again. */
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
    tell.next(end);
    catchAny(tell, end, { outputs: '$saga.order' });
    this.resume = resumeUndo(this, table);
    this.resolve = resolveOrder(this, table);
    this.resolve.next(tell);
    this.told = tell;
  }
}
