import { Duration, aws_dynamodb as dynamodb } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { OrderStatus } from '../order-status';
import { DynamoTask } from './dynamo-task';
import { Assignments, ENTERED_AT, MARSHAL, OWNER, block, historyEntry, jsonata, literal, ownResult } from '../jsonata/expressions';
import { closeChanges, inputChanges, openChanges, statusChanges } from './order-changes';
import { orderUpdate } from './order-update';
import { OUTCOME } from './on-hold-writes';
import { OrderChange } from './update-expression';
import { PATIENT, dynamoRetrier } from '../private/retries';

const OWNED = {
  ':owner': `{'S': ${OWNER}}`,
  ':next': "{'N': $string($next)}",
};

/** That people were told of the failure: whoever has to go on with the undo does not tell it again. */
const TOLD: OrderChange = { path: '#alertedAt', value: "{'S': $saga.alertedAt}", when: '$exists($saga.alertedAt)' };

/** The order of `$saga` after a write that moved it on. */
const MOVED_ON = "$merge([$order, {'status': $to, 'version': $next}, $exists($reason) ? {'reason': $reason}])";

/** Reads the row, strongly, when a write was refused or a step failed: only the row knows what stands. @internal */
export function lookUpOrder(scope: Construct, table: dynamodb.ITable): DynamoTask {
  const fields = ['owner', 'status', 'version', 'reason', 'openSince', 'cancelRequestedAt', 'undo'];
  return new DynamoTask(scope, 'LookUpOrder', {
    stateName: 'Look up order',
    action: 'getItem',
    parameters: {
      TableName: table.tableName,
      Key: { orderId: { S: jsonata('$saga.order.orderId') } },
      ConsistentRead: true,
      // The rest of the row can be larger than a state may hand on.
      ProjectionExpression: fields.map((field) => `#${field}`).join(', '),
      ExpressionAttributeNames: Object.fromEntries(fields.map((field) => [`#${field}`, field])),
    },
    // What the choice behind it asks for, and nothing of it when there is no row.
    outputs: jsonata("($row := $states.result.Item; {'owner': $row.owner.S, 'status': $row.status.S, 'version': $number($row.version.N), "
      + "'reason': $row.reason.S, 'openSince': $row.openSince.S, 'cancelRequestedAt': $row.cancelRequestedAt.S, "
      + "'undo': $exists($row.undo) ? {'cause': $row.undo.M.cause.S, 'from': $row.undo.M.from.S}})"),
    timeout: Duration.seconds(10),
    retrier: dynamoRetrier(PATIENT),
  });
}

/** Fences off whatever of the forward steps still arrives, and tells the customer what became of the order. @internal */
export function beginUndo(scope: Construct, table: dynamodb.ITable): DynamoTask {
  const assignments: Assignments = {
    ...MARSHAL,
    order: '$saga.order',
    failed: '$exists($saga.failure)',
    // The first step can fail before there is a row: what is known of the order is then kept all the same.
    known: '$exists($states.input.version)',
    read: '$known ? $states.input.version : 0',
    next: '$read + 1',
    to: `$failed ? ${literal(OrderStatus.FAILED)} : ${literal(OrderStatus.CANCELLED)}`,
    cause: "$failed ? 'failed' : 'cancelled'",
    reason: "$failed ? $saga.failure.step & ' failed' : 'cancelled on request'",
  };
  const unlessPresent = (changes: OrderChange[]) => changes.map((change) => ({ ...change, unlessPresent: true }));
  return orderUpdate(scope, 'BeginUndo', {
    table,
    retry: PATIENT,
    stateName: 'Begin undo',
    orderId: '$saga.order.orderId',
    assignments,
    changes: [
      { path: '#status', value: "{'S': $to}" },
      { path: '#version', value: "{'N': $string($next)}" },
      { path: '#reason', value: "{'S': $reason}" },
      { path: '#owner', value: `{'S': ${OWNER}}` },
      { path: '#updatedAt', value: `{'S': ${ENTERED_AT}}` },
      {
        path: '#undo',
        value: "{'M': $merge([{'cause': {'S': $cause}, 'done': {'M': {}}}, $exists($saga.undoFrom) ? {'from': {'S': $saga.undoFrom}}, "
          + "$failed ? {'step': {'S': $saga.failure.step}}])}",
      },
      // Nobody waits any more, and a token that nobody answers is of no use.
      { path: '#waiting' },
      { path: '#history.#next', value: historyEntry('$to', 'BeginUndo'), when: '$known' },
      { path: '#history', value: `{'M': {'1': ${historyEntry('$to', 'BeginUndo')}}}`, when: '$not($known)' },
      ...unlessPresent([
        { path: '#createdAt', value: `{'S': ${ENTERED_AT}}` },
        ...openChanges('$order.orderId'),
        ...inputChanges('$order'),
      ]),
    ],
    condition: '((attribute_not_exists(#version) OR #version = :read) AND (attribute_not_exists(#owner) OR #owner = :owner) '
      + 'AND attribute_not_exists(#undo)) OR (#owner = :owner AND #version = :next AND #undo.#cause = :cause)',
    names: { '#next': '$string($next)' },
    values: { ...OWNED, ':read': "{'N': $string($read)}", ':cause': "{'S': $cause}" },
    outputs: jsonata(block(assignments, MOVED_ON)),
    assign: { saga: jsonata(block(assignments, `$merge([$saga, {'order': ${MOVED_ON}, 'undoing': true}])`)) },
  });
}

/** Keeps what a compensation has done; when money went back, the customer is told so at once. @internal */
export function recordUndo(scope: Construct, table: dynamodb.ITable, stepName: string): DynamoTask {
  const assignments: Assignments = {
    ...MARSHAL,
    order: '$saga.order',
    result: "$type($states.input) = 'object' ? $states.input : {}",
    to: literal(OrderStatus.REFUNDED),
    refunded: '$result.status = $to and $order.status != $to',
    version: '$order.version',
    next: '$version + 1',
    reason: "$order.status & ($exists($order.reason) ? ': ' & $order.reason : '')",
    own: ownResult('$result', '$order'),
  };
  const order = `($refunded ? ${MOVED_ON} : $order)`;
  return orderUpdate(scope, 'Record', {
    table,
    retry: PATIENT,
    stateName: `Record undo of ${stepName}`,
    orderId: '$saga.order.orderId',
    assignments,
    changes: [
      { path: '#undo.#done.#step', value: `{'S': ${ENTERED_AT}}` },
      TOLD,
      ...statusChanges(stepName, '$refunded'),
      { path: '#reason', value: "{'S': $reason}", when: '$refunded' },
      { path: '#refund', value: '$marshal($own)', when: '($refunded and $exists($own))' },
    ],
    condition: '#owner = :owner AND attribute_exists(#undo) AND (#version = :version OR (#version = :next AND #status = :refunded))',
    names: { '#next': '$string($next)', '#step': literal(stepName) },
    values: { ...OWNED, ':version': "{'N': $string($version)}", ':refunded': `{'S': ${literal(OrderStatus.REFUNDED)}}` },
    outputs: jsonata(block(assignments, order)),
    assign: { saga: jsonata(block(assignments, `$merge([$saga, {'order': ${order}}])`)) },
  });
}

/** Closes an order that was undone, or hands it to people when something could not be. @internal */
export function finishUndo(scope: Construct, table: dynamodb.ITable): DynamoTask {
  const assignments: Assignments = {
    ...MARSHAL,
    order: '$saga.order',
    stuck: '$exists($saga.attention)',
    closed: '$not($stuck) and $not($saga.published = false) and $not($saga.repaired = true)',
    to: `$stuck ? ${literal(OrderStatus.NEEDS_ATTENTION)} : $order.status`,
    version: '$order.version',
    next: '$version + 1',
    reason: "$stuck ? 'could not undo ' & $join([$saga.attention.step], ', ')",
  };
  const order = `($stuck ? ${MOVED_ON} : $order)`;
  const outcome = `$stuck ? {'outcome': ${OUTCOME}}`;
  return orderUpdate(scope, 'FinishUndo', {
    table,
    retry: PATIENT,
    stateName: 'Finish undo',
    orderId: '$saga.order.orderId',
    assignments,
    changes: [
      ...statusChanges('FinishUndo', '$stuck'),
      { path: '#reason', value: "{'S': $reason}", when: '$stuck' },
      { path: '#undo.#outcome', value: `$marshal(${OUTCOME})`, when: '$stuck' },
      TOLD,
      // What nobody was told of stays listed, for the sweeper to tell.
      ...closeChanges('$closed'),
    ],
    condition: '#owner = :owner AND attribute_exists(#undo) AND (#version = :version OR (#version = :next AND #status = :to))',
    names: { '#next': '$string($next)' },
    values: { ...OWNED, ':version': "{'N': $string($version)}", ':to': "{'S': $to}" },
    outputs: jsonata(block(assignments, order)),
    assign: { saga: jsonata(block(assignments, `$merge([$saga, {'order': ${order}}, ${outcome}])`)) },
  });
}
