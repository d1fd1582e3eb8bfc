import { aws_dynamodb as dynamodb, aws_stepfunctions as sfn } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { DynamoTask } from './dynamo-task';
import { OrderUpdateProps, orderUpdate, orderWait } from './order-update';
import { STATE_NAMES } from '../contract/state-names';
import { STATUSES } from '../contract/statuses';
import { WORKFLOW_STEP } from '../contract/workflow-steps';
import * as writes from '../contract/writes';
import { ENTERED_AT, literal } from '../jsonata/expressions';
import { SagaFields, sagaField, sagaWithout } from '../jsonata/saga-variable';
import { LONG_RETRY } from '../private/retries';

const ORDER = sagaField('order');

/** What is kept of an order on hold: how it stands once everything is undone. @internal */
export const OUTCOME = `{'status': $order.status, 'reason': $order.reason, 'step': ${sagaField('attention')}[0].step, `
  + `'steps': [${sagaField('attention')}.step]}`;

/** @internal */
export interface HoldProps {
  readonly table: dynamodb.ITable;
  /** Whether the state machine can wait for an operator's answer. */
  readonly waits: boolean;
}

/** Keeps that the order is on hold, and with it the token that an operator's answer goes to. @internal */
export function holdOrder(scope: Construct, { table, waits }: HoldProps): sfn.TaskStateBase {
  const props = {
    table,
    write: writes.holdOrder,
    retry: LONG_RETRY,
    stateName: STATE_NAMES.PUT_ORDER_ON_HOLD,
    orderId: `${ORDER}.orderId`,
    values: {
      version: `${ORDER}.version`,
      token: waits ? '$states.context.Task.Token' : undefined,
      notifiedAt: `${sagaField('holdPublished')} ? ${ENTERED_AT}`,
    },
    outputs: waits ? '$states.result' : ORDER,
  };
  return waits ? orderWait(scope, 'Hold', props) : orderUpdate(scope, 'Hold', props);
}

/** Tries again what could not be undone. @internal */
export function resumeUndo(scope: Construct, table: dynamodb.ITable): DynamoTask {
  return orderUpdate(scope, 'Resume', leaveHold({
    table,
    stateName: STATE_NAMES.RESUME_UNDO,
    step: WORKFLOW_STEP.RESUME_UNDO,
    to: '$outcome.status',
    reason: '$outcome.reason',
    repaired: 'true',
    // Everything before the first that could not be undone is undone.
    saga: repairedSaga({ undoFrom: '$outcome.step' }),
  }));
}

/** JSONata: `$saga` of an order that left the hold. A failure that could not be published is published now. */
function repairedSaga(fields: SagaFields = {}): string {
  return sagaWithout(['attention', 'outcome', 'holdPublished', 'undoFrom', 'published'], {
    order: '$moved', undoing: 'true', repaired: 'true', published: `${sagaField('published')} = true ? true`, ...fields,
  });
}

/** Ends an order that an operator has resolved by hand. It stays listed until that is published. @internal */
export function resolveOrder(scope: Construct, table: dynamodb.ITable): DynamoTask {
  const refunded = `($states.input.refunded = true and $outcome.status != ${literal(STATUSES.REFUNDED)})`;
  return orderUpdate(scope, 'Resolve', leaveHold({
    table,
    stateName: 'Resolve order',
    step: WORKFLOW_STEP.RESOLVE_ORDER,
    to: `${refunded} ? ${literal(STATUSES.REFUNDED)} : $outcome.status`,
    reason: `${refunded} ? $outcome.status & ($exists($outcome.reason) ? ': ' & $outcome.reason : '') : $outcome.reason`,
    resolution: `$merge([{'at': ${ENTERED_AT}}, $sift($states.input, function($v, $k) { $k in ['by', 'reason'] and $type($v) = 'string' })])`,
    saga: repairedSaga(),
  }));
}

/** Takes an order off the list of the open ones once its repair is published. @internal */
export function closeRepaired(scope: Construct, table: dynamodb.ITable): DynamoTask {
  return orderUpdate(scope, 'Close', {
    table,
    write: writes.closeOrder,
    stateName: 'Close repaired order',
    orderId: `${ORDER}.orderId`,
    values: { version: `${ORDER}.version` },
    outputs: ORDER,
  });
}

/** What is particular to one way to leave the hold. */
interface LeaveProps {
  readonly table: dynamodb.ITable;
  readonly stateName: string;
  readonly step: string;
  /** JSONata that yields the status; `$outcome` is how the order stands once everything is undone. */
  readonly to: string;
  readonly reason: string;
  readonly repaired?: string;
  readonly resolution?: string;
  /** JSONata that yields what becomes of the `saga` variable; `$moved` is the order. */
  readonly saga: string;
}

type LeaveParameters = typeof writes.leaveHold.parameters;

function leaveHold({ table, stateName, step, to, reason, repaired, resolution, saga }: LeaveProps): OrderUpdateProps<LeaveParameters> {
  return {
    table,
    write: writes.leaveHold,
    retry: LONG_RETRY,
    stateName,
    orderId: `${ORDER}.orderId`,
    variables: { order: ORDER, outcome: sagaField('outcome') },
    values: { step: literal(step), version: '$order.version', to, reason, repaired, resolution },
    derived: {
      moved: "$merge([$sift($order, function($v, $k) { $k != 'reason' }), {'status': $to, 'version': $version + 1}, "
        + "$exists($reason) ? {'reason': $reason}])",
    },
    outputs: '$moved',
    saga,
  };
}
