import { aws_dynamodb as dynamodb } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { DynamoTask } from './dynamo-task';
import { OUTCOME } from './on-hold-writes';
import { orderUpdate } from './order-update';
import { sentValues } from './sent-values';
import { STATUSES } from '../contract/statuses';
import * as writes from '../contract/writes';
import { literal, ownResult } from '../jsonata/expressions';
import { changedSaga, sagaField } from '../jsonata/saga-variable';
import { LONG_RETRY } from '../private/retries';

const ORDER = sagaField('order');

/** The order of `$saga` after a write that moved it on. */
const MOVED_ON = "$merge([$order, {'status': $to, 'version': $version + 1}, $exists($reason) ? {'reason': $reason}])";

/**
 * Fences off late writes of forward steps, and sets the status that the customer sees.
 *
 * @param byRecovery whether the failure is the interruption of an execution
 *
 * @internal
 */
export function beginUndo(scope: Construct, table: dynamodb.ITable, byRecovery = false): DynamoTask {
  const failure = sagaField('failure');
  return orderUpdate(scope, 'BeginUndo', {
    table,
    write: writes.beginUndo,
    retry: LONG_RETRY,
    stateName: 'Begin undo',
    orderId: `${ORDER}.orderId`,
    variables: { order: ORDER, failed: `$exists(${failure})` },
    values: {
      orderId: '$order.orderId',
      // The first step can fail before there is a row: what is known of the order is then kept all the same.
      hadRow: '$exists($states.input.version)',
      version: '$hadRow ? $states.input.version : 0',
      to: `$failed ? ${literal(STATUSES.FAILED)} : ${literal(STATUSES.CANCELLED)}`,
      cause: "$failed ? 'failed' : 'cancelled'",
      reason: `$failed ? ${failure}.step & ' failed' : 'cancelled on request'`,
      from: sagaField('undoFrom'),
      failedStep: `$failed ? ${failure}.step`,
      byRecovery: byRecovery ? 'true' : undefined,
      ...sentValues('$order'),
    },
    outputs: MOVED_ON,
    saga: changedSaga({ order: MOVED_ON, undoing: 'true' }),
  });
}

/** Keeps what a compensation has done; when money went back, the order is REFUNDED at once. @internal */
export function recordUndo(scope: Construct, table: dynamodb.ITable, stepName: string): DynamoTask {
  const order = `($refunded ? $merge([$order, {'status': ${literal(STATUSES.REFUNDED)}, 'version': $version + 1, 'reason': $reason}]) : $order)`;
  return orderUpdate(scope, 'Record', {
    table,
    write: writes.recordUndo,
    retry: LONG_RETRY,
    stateName: `Record undo of ${stepName}`,
    orderId: `${ORDER}.orderId`,
    variables: {
      order: ORDER,
      result: "$type($states.input) = 'object' ? $states.input : {}",
      own: ownResult('$result', '$order'),
    },
    values: {
      step: literal(stepName),
      version: '$order.version',
      refunded: `$result.status = ${literal(STATUSES.REFUNDED)} and $order.status != ${literal(STATUSES.REFUNDED)}`,
      reason: "$refunded ? $order.status & ($exists($order.reason) ? ': ' & $order.reason : '')",
      refund: '$refunded ? $own',
      alertedAt: sagaField('alertedAt'),
    },
    outputs: order,
    saga: changedSaga({ order }),
  });
}

/** Closes an order that was undone, or puts it on hold for an operator when something could not be. @internal */
export function finishUndo(scope: Construct, table: dynamodb.ITable): DynamoTask {
  const attention = sagaField('attention');
  const order = `($stuck ? ${MOVED_ON} : $order)`;
  return orderUpdate(scope, 'FinishUndo', {
    table,
    write: writes.finishUndo,
    retry: LONG_RETRY,
    stateName: 'Finish undo',
    orderId: `${ORDER}.orderId`,
    variables: { order: ORDER },
    values: {
      stuck: `$exists(${attention})`,
      // What could not be published stays listed, for the sweeper to publish.
      closes: `$not($stuck) and $not(${sagaField('published')} = false) and $not(${sagaField('repaired')} = true)`,
      version: '$order.version',
      to: `$stuck ? ${literal(STATUSES.NEEDS_ATTENTION)} : $order.status`,
      reason: `$stuck ? 'could not undo ' & $join([${attention}.step], ', ')`,
      outcome: `$stuck ? ${OUTCOME}`,
      alertedAt: sagaField('alertedAt'),
    },
    outputs: order,
    saga: changedSaga({ order, outcome: '$outcome' }),
  });
}
