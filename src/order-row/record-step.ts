import { aws_dynamodb as dynamodb } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { DynamoTask } from './dynamo-task';
import { OrderStatus } from '../order-status';
import { Assignments, MARSHAL, block, jsonata, list, literal, ownResult } from '../jsonata/expressions';
import { FORWARD, FORWARD_VALUES } from './forward-writes';
import { closeChanges, statusChanges, undoMap } from './order-changes';
import { orderUpdate } from './order-update';

/** How many characters an order may have as JSON, results of steps and all. */
const MAX_ORDER_LENGTH = 48_000;

/** @internal */
export interface RecordStepProps {
  readonly stepName: string;
  readonly acceptedStatus: string;
  readonly rejectedStatuses: string[];
  /** The status that the order has while the step waits for a decision. */
  readonly waitingStatus?: string;
  /** Whether the result is the order's payment. */
  readonly recordsPayment: boolean;
  readonly undoBefore?: string;
  readonly undoFrom?: string;
}

/** How a step's result becomes the order's next status, when the step does not write the order itself. @internal */
export function recordStep(scope: Construct, table: dynamodb.ITable, props: RecordStepProps): DynamoTask {
  const { stepName: name, acceptedStatus: accepted, rejectedStatuses: rejected, waitingStatus, recordsPayment, undoBefore, undoFrom } = props;
  const field = recordsPayment ? 'payment' : 'results';
  const kept = recordsPayment ? '$own' : `$merge([$saga.order.results, {${literal(name)}: $own}])`;
  const declared = `${name} declares ${[accepted, ...rejected].join(', ')}`;
  const assignments: Assignments = {
    ...MARSHAL,
    result: "$type($states.input) = 'object' ? $states.input : {}",
    // With no other status to choose from, to have completed is to accept.
    returned: rejected.length === 0 ? `$exists($result.status) ? $result.status : ${literal(accepted)}` : '$result.status',
    accepted: `$returned = ${literal(accepted)}`,
    declared: `$accepted or $returned in ${list(rejected)}`,
    to: `$declared ? $returned : ${literal(OrderStatus.FAILED)}`,
    said: "$type($result.reason) = 'string' and $result.reason != '' ? $result.reason",
    // Why a step said yes is its own affair; why it said no is the customer's.
    reason: `$not($accepted) ? ($declared ? $said : ${literal(`${name} failed`)})`,
    from: waitingStatus ? literal(waitingStatus) : '$saga.order.status',
    version: `$saga.order.version${waitingStatus ? ' + 1' : ''}`,
    next: '$version + 1',
    found: `$merge([${ownResult('$result', '$saga.order')}, $accepted and $exists($said) ? {'reason': $said}])`,
    // In DynamoDB's form a result is up to five times as long, and no state may hand on more than 256 KB.
    size: '$length($string($saga.order)) + $length($string($found))',
    own: `$size > ${MAX_ORDER_LENGTH} ? $error('the order would have ' & $string($size) & ' characters with what ${name} returned, and may have '`
      + ` & '${MAX_ORDER_LENGTH}: keep what is large elsewhere') : $count($keys($found)) > 0 ? $found`,
    cancelled: '$states.result.Attributes.cancelRequestedAt.S',
  };
  const rejectedUndo = undoBefore ? undoMap('rejected', undoBefore) : undefined;
  const failedUndo = undoMap('failed', undoFrom);
  return orderUpdate(scope, 'Record', {
    table,
    stateName: `Record ${name}`,
    orderId: '$saga.order.orderId',
    assignments,
    changes: [
      ...statusChanges(name),
      { path: '#reason', value: "{'S': $reason}", when: '$exists($reason)' },
      { path: `#${field}`, value: `$marshal(${kept})`, when: '$exists($own)' },
      ...(rejectedUndo
        ? [{ path: '#undo', value: `($declared ? ${rejectedUndo} : ${failedUndo})`, when: '$not($accepted)' }]
        : [{ path: '#undo', value: failedUndo, when: '$not($declared)' }, ...closeChanges('($declared and $not($accepted))')]),
      ...(waitingStatus ? [{ path: '#waiting' }] : []),
    ],
    condition: FORWARD,
    names: { '#next': '$string($next)' },
    values: FORWARD_VALUES,
    returnsRow: true,
    outputs: jsonata(block(assignments, "$merge([$saga.order, {'status': $to, 'version': $next}, "
      + `$exists($reason) ? {'reason': $reason}, $exists($own) ? {${literal(field)}: ${kept}}, `
      + "$exists($cancelled) ? {'cancelRequestedAt': $cancelled}])")),
    assign: {
      saga: jsonata(block(assignments, `$declared ? $saga : $merge([$saga, {'failure': {'step': ${literal(name)}, 'error': 'UndeclaredStatus', `
        + '\'cause\': ($type($states.input) != \'object\' ? \'a result of type \' & $type($states.input) & \' was returned, not an object with a status\' '
        + `: 'the status ' & ($exists($returned) ? $string($returned) : '(none)') & ' was returned') & '; ${declared}'}}])`)),
    },
  });
}
