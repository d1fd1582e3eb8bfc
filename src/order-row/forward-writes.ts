import { Duration, aws_dynamodb as dynamodb, aws_stepfunctions as sfn, aws_stepfunctions_tasks as tasks } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { DynamoTask } from './dynamo-task';
import { OrderUpdateProps, orderUpdate, orderWait } from './order-update';
import { STATE_NAMES } from '../contract/state-names';
import { STATUSES } from '../contract/statuses';
import { WORKFLOW_STEP } from '../contract/workflow-steps';
import * as writes from '../contract/writes';
import { ENTERED_AT, literal } from '../jsonata/expressions';
import { newSaga, sagaField } from '../jsonata/saga-variable';

/** The order is the input of every state. */
const ORDER = '$states.input';

/** What is particular to one forward write. */
interface ForwardProps extends Pick<OrderUpdateProps<writes.MovedParameters>, 'table' | 'stateName' | 'outputs' | 'saga' | 'timeout' | 'retry'> {
  readonly step: string;
  readonly to: string;
  readonly values?: { readonly ends?: string; readonly waiting?: string };
}

function forward({ step, to, values, ...props }: ForwardProps): OrderUpdateProps<writes.MovedParameters> {
  return {
    ...props,
    write: writes.moveByState,
    orderId: `${ORDER}.orderId`,
    values: { step: literal(step), from: `${ORDER}.status`, version: `${ORDER}.version`, to: literal(to), ...values },
  };
}

/** The order after a forward write. */
const MOVED_ON = `$merge([${ORDER}, {'status': $to, 'version': $version + 1}])`;

/** @internal */
export interface AdvanceProps {
  readonly table: dynamodb.ITable;
  readonly stepName: string;
  readonly status: string;
  readonly timeout?: Duration;
  readonly retry?: sfn.RetryProps;
}

/** Moves the order to a status by nothing but the write itself. @internal */
export function advanceOrder(scope: Construct, id: string, { table, stepName, status, timeout, retry }: AdvanceProps): DynamoTask {
  return orderUpdate(scope, id, forward({ table, stateName: stepName, step: stepName, to: status, timeout, retry, outputs: MOVED_ON }));
}

/**
 * The point of no return.
 *
 * With closing steps to come the order stays listed as open, so that the sweeper finds it if the execution is interrupted.
 *
 * @internal
 */
export function completeOrder(scope: Construct, table: dynamodb.ITable, isLast: boolean): DynamoTask {
  return orderUpdate(scope, 'CompleteOrder', forward({
    table,
    stateName: STATE_NAMES.COMPLETE_ORDER,
    step: WORKFLOW_STEP.COMPLETE_ORDER,
    to: STATUSES.COMPLETED,
    values: isLast ? { ends: 'true' } : {},
    outputs: MOVED_ON,
    saga: newSaga({ order: MOVED_ON }),
  }));
}

/** Takes a completed order off the list of the open ones, unless the failure of a closing step could not be published. @internal */
export function closeOrder(scope: Construct, table: dynamodb.ITable): DynamoTask {
  return orderUpdate(scope, 'CloseOrder', {
    table,
    write: writes.closeCompleted,
    stateName: 'Close order',
    orderId: `${sagaField('order')}.orderId`,
    values: { unpublished: sagaField('unpublished') },
    outputs: sagaField('order'),
  });
}

/** @internal */
export interface WaitProps {
  readonly table: dynamodb.ITable;
  readonly stepName: string;
  readonly waitingStatus: string;
  readonly acceptedStatus: string;
  readonly rejectedStatus: string;
  readonly timeout: Duration;
}

/** Leaves the task's token on the order and waits for a decision. @internal */
export function waitForDecision(scope: Construct, id: string, props: WaitProps): tasks.CallAwsService {
  const until = `$fromMillis($toMillis(${ENTERED_AT}) + ${props.timeout.toMilliseconds()})`;
  return orderWait(scope, id, forward({
    table: props.table,
    stateName: props.stepName,
    step: props.stepName,
    to: props.waitingStatus,
    timeout: props.timeout,
    values: {
      waiting: `{'step': ${literal(props.stepName)}, 'token': $states.context.Task.Token, 'until': ${until}, `
        + `'accepted': ${literal(props.acceptedStatus)}, 'rejected': ${literal(props.rejectedStatus)}}`,
    },
    outputs: '$states.result',
  }));
}
