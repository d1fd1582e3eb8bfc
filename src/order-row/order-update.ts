import { Duration, aws_iam as iam, aws_stepfunctions as sfn, aws_stepfunctions_tasks as tasks } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { DynamoTask } from './dynamo-task';
import { RowUpdate, updateParameters, variablesOf } from './row-update';
import { Parameters } from '../contract/row-write';
import { Assignments, block, jsonata } from '../jsonata/expressions';
import { dynamoBusyRetrier, dynamoRetrier } from '../private/retries';

/** @internal */
export interface OrderUpdateProps<P extends Parameters> extends RowUpdate<P> {
  readonly stateName: string;
  /** Variables that mention the parameters of the write, for `outputs` and `saga`. */
  readonly derived?: Assignments;
  /** JSONata that yields what the state hands on; it can mention the parameters of the write as variables. */
  readonly outputs: string;
  /** JSONata that yields the `$saga` variable; the same. */
  readonly saga?: string;
  /** Further variables of the state machine. */
  readonly assign?: { readonly [name: string]: string };
  readonly retry?: sfn.RetryProps;
  readonly timeout?: Duration;
  /** Whether the answer is the whole row. */
  readonly returnsRow?: boolean;
}

/** An update takes milliseconds; what takes longer is lost. */
const UPDATE_TIMEOUT = Duration.seconds(10);

/**
 * A conditional write on the order's row, straight from the state machine.
 *
 * @internal
 */
export function orderUpdate<P extends Parameters>(scope: Construct, id: string, props: OrderUpdateProps<P>): DynamoTask {
  return new DynamoTask(scope, id, {
    stateName: props.stateName,
    action: 'updateItem',
    parameters: { ...updateParameters(props), ...(props.returnsRow ? { ReturnValues: 'ALL_NEW' } : {}) },
    ...handedOn(props),
    timeout: props.timeout ?? UPDATE_TIMEOUT,
    retrier: dynamoRetrier(props.retry),
  });
}

/**
 * A conditional write that leaves the task's token on the row, and waits until it is answered.
 *
 * Only the SDK integration can wait, and a wait that timed out must not be waited for again.
 *
 * @internal
 */
export function orderWait<P extends Parameters>(scope: Construct, id: string, props: OrderUpdateProps<P>): tasks.CallAwsService {
  const task = new OrderWait(scope, id, {
    queryLanguage: sfn.QueryLanguage.JSONATA,
    stateName: props.stateName,
    service: 'dynamodb',
    action: 'updateItem',
    integrationPattern: sfn.IntegrationPattern.WAIT_FOR_TASK_TOKEN,
    iamAction: 'dynamodb:UpdateItem',
    iamResources: [props.table.tableArn],
    taskTimeout: props.timeout && sfn.Timeout.duration(props.timeout),
    parameters: updateParameters(props),
    ...handedOn(props),
  });
  task.addRetry(dynamoBusyRetrier(props.retry));
  return task;
}

/** The role of the state machine gets the permission where the machine is made, as for a `DynamoTask`: not once more from here. */
class OrderWait extends tasks.CallAwsService {
  protected readonly taskPolicies?: iam.PolicyStatement[] = undefined;
}

/** What a state hands on, and the variables that it assigns. */
interface HandedOn {
  readonly outputs: string;
  readonly assign?: { [name: string]: unknown };
}

function handedOn<P extends Parameters>({ outputs, saga, assign, derived, ...update }: OrderUpdateProps<P>): HandedOn {
  const variables = { ...variablesOf(update), ...derived };
  const assigned = { ...(saga && { saga: jsonata(block(variables, saga)) }), ...assign };
  return { outputs: jsonata(block(variables, outputs)), ...(Object.keys(assigned).length > 0 && { assign: assigned }) };
}
