import { aws_dynamodb as dynamodb, aws_sns as sns, aws_stepfunctions as sfn, aws_stepfunctions_tasks as tasks } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { publishNotification } from './notification';
import { ALERT_KINDS } from '../contract/alert-kinds';
import { STATE_NAMES } from '../contract/state-names';
import { literal } from '../jsonata/expressions';
import { changedSaga, sagaField } from '../jsonata/saga-variable';
import { DynamoTask } from '../order-row/dynamo-task';
import { closeRepaired, resolveOrder, resumeUndo } from '../order-row/on-hold-writes';

/** @internal */
export interface RepairStatesProps {
  readonly table: dynamodb.ITable;
  readonly topic: sns.ITopic;
}

/**
 * The states in which an operator repairs an order that is on hold. A state machine that cannot wait has none: there the recovery has them.
 *
 * @internal
 */
export class RepairStates extends Construct {
  /** Begins the undo again, at the compensation that failed first. */
  public readonly resume: DynamoTask;
  /** Writes how the operator resolved the order; the input is the operator's request. */
  public readonly resolve: DynamoTask;
  /** Publishes that the order is repaired. */
  public readonly publish: tasks.SnsPublish;
  /** Closes the repaired order. */
  public readonly close: DynamoTask;

  constructor(scope: Construct, id: string, { table, topic }: RepairStatesProps) {
    super(scope, id);
    this.resume = resumeUndo(this, table);
    this.resolve = resolveOrder(this, table);
    this.publish = publishNotification(this, 'Publish', {
      topic,
      stateName: 'Publish repaired order',
      kind: literal(ALERT_KINDS.ORDER_REPAIRED),
      failure: "{'error': 'None', 'cause': 'all that could be undone is undone'}",
      ofWholeOrder: true,
      outputs: sagaField('order'),
    });
    this.close = closeRepaired(this, table);
  }
}

/** Publishes that an order could not be undone. @internal */
export function publishFailedCompensation(scope: Construct, topic: sns.ITopic): tasks.SnsPublish {
  return publishNotification(scope, 'PublishFailedCompensation', {
    topic,
    stateName: STATE_NAMES.PUBLISH_FAILED_COMPENSATION,
    kind: literal(ALERT_KINDS.COMPENSATION_FAILED),
    failure: `${sagaField('attention')}[0]`,
    steps: `${sagaField('attention')}.step`,
    outputs: sagaField('order'),
    saga: changedSaga({ holdPublished: 'true' }),
  });
}

/** Branches on the request of the operator. @internal */
export function retryOrResolved(scope: Construct): sfn.Choice {
  return sfn.Choice.jsonata(scope, 'RetryOrResolved', { stateName: 'Retry or resolved?' });
}
