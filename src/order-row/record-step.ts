import { aws_dynamodb as dynamodb } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { DynamoTask } from './dynamo-task';
import { orderUpdate } from './order-update';
import { STATUSES } from '../contract/statuses';
import * as writes from '../contract/writes';
import { list, literal, ownResult } from '../jsonata/expressions';
import { changedSaga, sagaField } from '../jsonata/saga-variable';

/** How many characters an order may have as JSON, results of steps and all. */
const MAX_ORDER_LENGTH = 48_000;

/** @internal */
export interface RecordStepProps {
  readonly stepName: string;
  readonly acceptedStatus: string;
  readonly rejectedStatuses: string[];
  /** The status of an order that waits for the step. */
  readonly waitingStatus?: string;
  /** Where the step's result is kept: as the order's payment, or among the results of steps. */
  readonly keepAs: 'payment' | 'results';
  /** Where the undo begins when the step rejects. */
  readonly undoBefore?: string;
  /** Where the undo begins when the step failed. */
  readonly undoFrom?: string;
}

/** How a step's result becomes the order's next status, when the step does not write the order itself. @internal */
export function recordStep(scope: Construct, table: dynamodb.ITable, props: RecordStepProps): DynamoTask {
  const { stepName: name, acceptedStatus: accepted, rejectedStatuses: rejected, waitingStatus, keepAs, undoBefore, undoFrom } = props;
  const order = sagaField('order');
  const declared = `${name} declares ${[accepted, ...rejected].join(', ')}`;
  const kept = keepAs === 'payment' ? '$own' : `$exists($own) ? $merge([${order}.results, {${literal(name)}: $own}])`;
  return orderUpdate(scope, 'Record', {
    table,
    write: writes.recordStep,
    stateName: `Record ${name}`,
    orderId: `${order}.orderId`,
    variables: {
      result: "$type($states.input) = 'object' ? $states.input : {}",
      // With no other status to choose from, to have completed is to accept.
      returned: rejected.length === 0 ? `$exists($result.status) ? $result.status : ${literal(accepted)}` : '$result.status',
      accepted: `$returned = ${literal(accepted)}`,
      declared: `$accepted or $returned in ${list(rejected)}`,
      said: "$type($result.reason) = 'string' and $result.reason != '' ? $result.reason",
      found: `$merge([${ownResult('$result', order)}, $accepted and $exists($said) ? {'reason': $said}])`,
      // In DynamoDB's form a result is up to five times as long, and no state may hand on more than 256 KB.
      size: `$length($string(${order})) + $length($string($found))`,
      own: `$size > ${MAX_ORDER_LENGTH} ? $error('the order would have ' & $string($size) & ' characters with what ${name} returned, and may have '`
        + ` & '${MAX_ORDER_LENGTH}: keep what is large elsewhere') : $count($keys($found)) > 0 ? $found`,
      cancelled: '$states.result.Attributes.cancelRequestedAt.S',
    },
    values: {
      step: literal(name),
      from: waitingStatus ? literal(waitingStatus) : `${order}.status`,
      version: `${order}.version${waitingStatus ? ' + 1' : ''}`,
      to: `$declared ? $returned : ${literal(STATUSES.FAILED)}`,
      // Why a step accepted is its own affair; why it rejected is the customer's.
      reason: `$not($accepted) ? ($declared ? $said : ${literal(`${name} failed`)})`,
      undoCause: undoBefore ? "$not($accepted) ? ($declared ? 'rejected' : 'failed')" : "$not($declared) ? 'failed'",
      undoFrom: undoFrom && (undoBefore ? `$declared ? ${literal(undoBefore)} : ${literal(undoFrom)}` : literal(undoFrom)),
      ends: undoBefore ? undefined : '$declared and $not($accepted)',
      endsWait: waitingStatus && 'true',
      [keepAs]: kept,
    },
    returnsRow: true,
    outputs: `$merge([${order}, {'status': $to, 'version': $version + 1}, $exists($reason) ? {'reason': $reason}, `
      + `$exists($own) ? {${literal(keepAs)}: $${keepAs}}, $exists($cancelled) ? {'cancelRequestedAt': $cancelled}])`,
    saga: `$declared ? $saga : ${changedSaga({
      failure: `{'step': ${literal(name)}, 'error': 'UndeclaredStatus', `
        + '\'cause\': ($type($states.input) != \'object\' ? \'a result of type \' & $type($states.input) & \' was returned, not an object with a status\' '
        + `: 'the status ' & ($exists($returned) ? $string($returned) : '(none)') & ' was returned') & '; ${declared}'}`,
    })}`,
  });
}
