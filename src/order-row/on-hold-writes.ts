import { aws_dynamodb as dynamodb, aws_stepfunctions as sfn } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { STATE_NAMES } from '../contract/state-names';
import { DynamoTask } from './dynamo-task';
import { OrderStatus } from '../order-status';
import { Assignments, ENTERED_AT, MARSHAL, OWNER, block, jsonata, literal } from '../jsonata/expressions';
import { closeChanges, statusChanges } from './order-changes';
import { OrderUpdateProps, orderUpdate, orderWait } from './order-update';
import { OrderChange } from './update-expression';
import { PATIENT } from '../private/retries';

/** What stays of the order's description while it is parked: how it stands once everything is undone. @internal */
export const OUTCOME = "{'status': $order.status, 'reason': $order.reason, 'step': $saga.attention[0].step, 'steps': [$saga.attention.step]}";

/** @internal */
export interface ParkProps {
  readonly table: dynamodb.ITable;
  /** Whether the state machine can wait for what a person says. */
  readonly waits: boolean;
}

/** Keeps that people were told, and with it the token that they answer. @internal */
export function parkOrder(scope: Construct, { table, waits }: ParkProps): sfn.TaskStateBase {
  const parked = [
    `{'at': {'S': ${ENTERED_AT}}}`,
    ...(waits ? ["{'token': {'S': $states.context.Task.Token}}"] : []),
    `$saga.holdPublished ? {'notifiedAt': {'S': ${ENTERED_AT}}}`,
  ];
  const write: OrderUpdateProps = {
    table,
    retry: PATIENT,
    stateName: 'Put order on hold',
    orderId: '$saga.order.orderId',
    assignments: {},
    changes: [{ path: '#onHold', value: `{'M': $merge([${parked.join(', ')}])}` }],
    condition: '#owner = :owner AND #status = :attention AND #version = :version',
    values: {
      ':owner': `{'S': ${OWNER}}`,
      ':attention': `{'S': ${literal(OrderStatus.NEEDS_ATTENTION)}}`,
      ':version': "{'N': $string($saga.order.version)}",
    },
    outputs: jsonata(waits ? '$states.result' : '$saga.order'),
  };
  return waits ? orderWait(scope, 'Park', write) : orderUpdate(scope, 'Park', write);
}

/** What is particular to one way out of the parking. */
interface UnparkProps {
  readonly table: dynamodb.ITable;
  readonly stateName: string;
  readonly step: string;
  /** JSONata that yields the status; `$outcome` is how the order stands once everything is undone. */
  readonly to: string;
  readonly reason: string;
  readonly changes: OrderChange[];
  /** JSONata that yields what becomes of the `saga` variable; `$moved` is the order. */
  readonly saga: string;
}

/** Tries again what could not be undone. @internal */
export function resumeUndo(scope: Construct, table: dynamodb.ITable): DynamoTask {
  return unpark(scope, 'Resume', {
    table,
    stateName: STATE_NAMES.RESUME_UNDO,
    step: 'ResumeUndo',
    to: '$outcome.status',
    reason: '$outcome.reason',
    changes: [{ path: '#undo.#repaired', value: "{'BOOL': true}" }],
    saga: "$merge([$sift($saga, function($v, $k) { $not($k in ['attention', 'outcome', 'holdPublished']) }), "
      // Everything before the first that could not be undone is undone, and who says so knows of the failure, told or not.
      + "{'order': $moved, 'undoing': true, 'undoFrom': $outcome.step, 'repaired': true, 'published': true}])",
  });
}

/** Ends an order that a person has put in order. It stays listed until that is told. @internal */
export function resolveOrder(scope: Construct, table: dynamodb.ITable): DynamoTask {
  const refunded = `($states.input.refunded = true and $outcome.status != ${literal(OrderStatus.REFUNDED)})`;
  return unpark(scope, 'Resolve', {
    table,
    stateName: 'Resolve order',
    step: 'ResolveOrder',
    to: `${refunded} ? ${literal(OrderStatus.REFUNDED)} : $outcome.status`,
    reason: `${refunded} ? $outcome.status & ($exists($outcome.reason) ? ': ' & $outcome.reason : '') : $outcome.reason`,
    changes: [
      {
        path: '#resolution',
        value: `$marshal($merge([{'at': ${ENTERED_AT}}, $sift($states.input, function($v, $k) { $k in ['by', 'reason'] and $type($v) = 'string' })]))`,
      },
    ],
    // Who said so knows of the failure, told or not.
    saga: "$merge([$saga, {'order': $moved, 'published': true}])",
  });
}

/** Takes an order off the list of the open ones once its repair was told. @internal */
export function closeRepaired(scope: Construct, table: dynamodb.ITable): DynamoTask {
  return orderUpdate(scope, 'Close', {
    table,
    stateName: 'Close repaired order',
    orderId: '$saga.order.orderId',
    assignments: {},
    changes: closeChanges(),
    condition: '#owner = :owner AND #version = :version',
    values: { ':owner': `{'S': ${OWNER}}`, ':version': "{'N': $string($saga.order.version)}" },
    outputs: jsonata('$saga.order'),
  });
}

function unpark(scope: Construct, id: string, props: UnparkProps): DynamoTask {
  const assignments: Assignments = {
    ...MARSHAL,
    order: '$saga.order',
    outcome: '$saga.outcome',
    to: props.to,
    version: '$order.version',
    next: '$version + 1',
    reason: props.reason,
    moved: "$merge([$sift($order, function($v, $k) { $k != 'reason' }), {'status': $to, 'version': $next}, $exists($reason) ? {'reason': $reason}])",
  };
  return orderUpdate(scope, id, {
    table: props.table,
    retry: PATIENT,
    stateName: props.stateName,
    orderId: '$saga.order.orderId',
    assignments,
    changes: [
      ...statusChanges(props.step),
      { path: '#reason', value: "{'S': $reason}", when: '$exists($reason)' },
      { path: '#reason', when: '$not($exists($reason))' },
      { path: '#onHold' },
      { path: '#undo.#outcome' },
      ...props.changes,
    ],
    condition: '#owner = :owner AND ((#status = :attention AND #version = :version) OR (#status = :to AND #version = :next))',
    names: { '#next': '$string($next)' },
    values: {
      ':owner': `{'S': ${OWNER}}`,
      ':attention': `{'S': ${literal(OrderStatus.NEEDS_ATTENTION)}}`,
      ':version': "{'N': $string($version)}",
      ':next': "{'N': $string($next)}",
      ':to': "{'S': $to}",
    },
    outputs: jsonata(block(assignments, '$moved')),
    assign: { saga: jsonata(block(assignments, props.saga)) },
  });
}
