import { aws_dynamodb as dynamodb, aws_stepfunctions_tasks as tasks } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { OrderStatus } from '../order-status';
import { Assignments, MARSHAL, block, jsonata, list, literal, ownResult } from './expressions';
import { FORWARD, FORWARD_VALUES } from './forward-writes';
import { closeChanges, statusChanges, undoMap } from './order-changes';
import { orderUpdate } from './order-update';
import { SagaStep } from './saga-step';

/** How a step's result becomes the order's next status, when the step does not write the order itself. @internal */
export function recordStep(scope: Construct, table: dynamodb.ITable, { step, config, undoBefore, undoFrom }: SagaStep): tasks.CallAwsService {
  const name = step.stepName;
  const accepted = config.acceptedStatus!;
  const rejected = config.rejectedStatuses ?? [];
  const field = config.recordsPayment ? 'payment' : 'results';
  const kept = config.recordsPayment ? '$own' : `$merge([$saga.order.results, {${literal(name)}: $own}])`;
  const declared = `${name} declares ${[accepted, ...rejected].join(', ')}`;
  const assignments: Assignments = {
    ...MARSHAL,
    result: "$type($states.input) = 'object' ? $states.input : {}",
    // With no other status to choose from, to have completed is to accept.
    returned: rejected.length === 0 ? `$exists($result.status) ? $result.status : ${literal(accepted)}` : '$result.status',
    accepted: `$returned = ${literal(accepted)}`,
    declared: `$accepted or $returned in ${list(rejected)}`,
    to: `$declared ? $returned : ${literal(OrderStatus.FAILED)}`,
    reason: `$declared ? $result.reason : ${literal(`${name} failed`)}`,
    from: config.waitingStatus ? literal(config.waitingStatus) : '$saga.order.status',
    version: `$saga.order.version${config.waitingStatus ? ' + 1' : ''}`,
    next: '$version + 1',
    own: ownResult('$result'),
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
      { path: '#reason', value: "{'S': $string($reason)}", when: '$exists($reason)' },
      { path: `#${field}`, value: `$marshal(${kept})`, when: '$exists($own)' },
      ...(rejectedUndo
        ? [{ path: '#undo', value: `($declared ? ${rejectedUndo} : ${failedUndo})`, when: '$not($accepted)' }]
        : [{ path: '#undo', value: failedUndo, when: '$not($declared)' }, ...closeChanges('($declared and $not($accepted))')]),
      ...(config.waitingStatus ? [{ path: '#waiting' }] : []),
    ],
    condition: FORWARD,
    names: { '#next': '$string($next)' },
    values: FORWARD_VALUES,
    outputs: jsonata(block(assignments, "$merge([$saga.order, {'status': $to, 'version': $next}, "
      + `$exists($reason) ? {'reason': $string($reason)}, $exists($own) ? {${literal(field)}: ${kept}}, `
      + "$exists($cancelled) ? {'cancelRequestedAt': $cancelled}])")),
    assign: {
      saga: jsonata(block(assignments, `$declared ? $saga : $merge([$saga, {'failure': {'step': ${literal(name)}, 'error': 'UndeclaredStatus', `
        + `'cause': 'the status ' & ($exists($returned) ? $string($returned) : '(none)') & ' was returned; ${declared}'}}])`)),
    },
  });
}
