import {
  Duration, aws_dynamodb as dynamodb, aws_stepfunctions as sfn, aws_stepfunctions_tasks as tasks,
} from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { DynamoTask } from './dynamo-task';
import { OrderStatus } from '../order-status';
import { ENTERED_AT, MARSHAL, OWNER, jsonata, literal } from '../jsonata/expressions';
import { closeChanges, statusChanges } from './order-changes';
import { OrderUpdateProps, orderUpdate, orderWait } from './order-update';
import { OrderChange } from './update-expression';

/** What forward writes need: mine, untouched since the step before, and no undo; or already written by me. @internal */
export const FORWARD = '(#owner = :owner AND #version = :version AND #status = :from AND attribute_not_exists(#undo))'
  + ' OR (#owner = :owner AND #version = :next AND #status = :to)';

/** The same for a write that makes an effect, which a cancel must still be able to prevent. */
const FORWARD_UNLESS_CANCELLED = FORWARD.replace('attribute_not_exists(#undo)', 'attribute_not_exists(#undo) AND attribute_not_exists(#cancelRequestedAt)');

/** @internal */
export const FORWARD_VALUES = {
  ':owner': `{'S': ${OWNER}}`,
  ':version': "{'N': $string($version)}",
  ':next': "{'N': $string($next)}",
  ':from': "{'S': $from}",
  ':to': "{'S': $to}",
};

/** What is particular to one forward write. */
interface ForwardProps extends Pick<OrderUpdateProps, 'table' | 'stateName' | 'outputs' | 'assign' | 'timeout' | 'retry'> {
  readonly order: string;
  readonly step: string;
  readonly to: string;
  readonly changes: OrderChange[];
}

function forward({ order, step, to, changes, ...props }: ForwardProps): OrderUpdateProps {
  return {
    ...props,
    orderId: `${order}.orderId`,
    assignments: { from: `${order}.status`, version: `${order}.version`, next: '$version + 1', to: literal(to) },
    changes: [...statusChanges(step), ...changes],
    condition: FORWARD_UNLESS_CANCELLED,
    names: { '#next': '$string($next)' },
    values: FORWARD_VALUES,
  };
}

function movedOn(order: string, status: string): string {
  return `$merge([${order}, {'status': ${literal(status)}, 'version': ${order}.version + 1}])`;
}

/** @internal */
export interface AdvanceProps {
  readonly table: dynamodb.ITable;
  readonly stepName: string;
  readonly status: string;
  readonly timeout?: Duration;
  readonly retry?: sfn.RetryProps;
}

/** Moves the order to a status by nothing but the write itself. @internal */
export function advanceOrder(scope: Construct, id: string, props: AdvanceProps): DynamoTask {
  const { table, stepName, status, timeout, retry } = props;
  return orderUpdate(scope, id, forward({
    table,
    stateName: stepName,
    step: stepName,
    order: '$states.input',
    to: status,
    changes: [],
    timeout,
    retry,
    outputs: jsonata(movedOn('$states.input', status)),
  }));
}

/**
 * The point of no return.
 *
 * With closing steps to come the order stays listed as open, so that nobody misses them if the execution dies.
 *
 * @internal
 */
export function completeOrder(scope: Construct, table: dynamodb.ITable, isLast: boolean): DynamoTask {
  const order = movedOn('$states.input', OrderStatus.COMPLETED);
  return orderUpdate(scope, 'CompleteOrder', forward({
    table,
    stateName: 'Complete order',
    step: 'CompleteOrder',
    order: '$states.input',
    to: OrderStatus.COMPLETED,
    changes: isLast ? closeChanges() : [],
    outputs: jsonata(order),
    assign: { saga: { order: jsonata(order) } },
  }));
}

/** Takes a completed order off the list of the open ones, unless the failure of a closing step was not told. @internal */
export function closeOrder(scope: Construct, table: dynamodb.ITable): DynamoTask {
  return orderUpdate(scope, 'CloseOrder', {
    table,
    stateName: 'Close order',
    orderId: '$saga.order.orderId',
    assignments: { ...MARSHAL, told: '$not($exists($saga.unpublished))' },
    changes: [{ path: '#unpublished', value: '$marshal($saga.unpublished)', when: '$not($told)' }, ...closeChanges('$told')],
    condition: '#owner = :owner AND #status = :completed',
    values: { ':owner': FORWARD_VALUES[':owner'], ':completed': `{'S': ${literal(OrderStatus.COMPLETED)}}` },
    outputs: jsonata('$saga.order'),
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

/** Leaves the task's token on the order and waits: whoever may decide finds it there. @internal */
export function waitForDecision(scope: Construct, id: string, props: WaitProps): tasks.CallAwsService {
  const until = `$fromMillis($toMillis(${ENTERED_AT}) + ${props.timeout.toMilliseconds()})`;
  return orderWait(scope, id, forward({
    table: props.table,
    stateName: props.stepName,
    step: props.stepName,
    order: '$states.input',
    to: props.waitingStatus,
    timeout: props.timeout,
    changes: [{
      path: '#waiting',
      value: `{'M': {'step': {'S': ${literal(props.stepName)}}, 'token': {'S': $states.context.Task.Token}, 'until': {'S': ${until}}, `
        + `'accepted': {'S': ${literal(props.acceptedStatus)}}, 'rejected': {'S': ${literal(props.rejectedStatus)}}}}`,
    }],
    outputs: jsonata('$states.result'),
  }));
}
