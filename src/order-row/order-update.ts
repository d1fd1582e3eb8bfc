import { Duration, aws_dynamodb as dynamodb, aws_stepfunctions as sfn, aws_stepfunctions_tasks as tasks } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { DynamoTask } from './dynamo-task';
import { jsonata } from '../jsonata/expressions';
import { UpdateParts, renderUpdate } from './update-expression';
import { dynamoBusyRetrier, dynamoRetrier } from '../private/retries';

/** @internal */
export interface OrderUpdateProps extends UpdateParts {
  readonly table: dynamodb.ITable;
  readonly stateName: string;
  /** JSONata that yields the order's id. */
  readonly orderId: string;
  readonly outputs: unknown;
  readonly assign?: { [name: string]: unknown };
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
export function orderUpdate(scope: Construct, id: string, props: OrderUpdateProps): DynamoTask {
  return new DynamoTask(scope, id, {
    stateName: props.stateName,
    action: 'updateItem',
    parameters: { ...updateParameters(props), ...(props.returnsRow ? { ReturnValues: 'ALL_NEW' } : {}) },
    outputs: props.outputs,
    assign: props.assign,
    timeout: props.timeout ?? UPDATE_TIMEOUT,
    retrier: dynamoRetrier(props.retry),
  });
}

/**
 * A conditional write that leaves the task's token on the row, and waits until somebody answers it.
 *
 * Only the SDK integration can wait, and a wait that ran out must not be waited for again.
 *
 * @internal
 */
export function orderWait(scope: Construct, id: string, props: OrderUpdateProps): tasks.CallAwsService {
  const task = tasks.CallAwsService.jsonata(scope, id, {
    stateName: props.stateName,
    service: 'dynamodb',
    action: 'updateItem',
    integrationPattern: sfn.IntegrationPattern.WAIT_FOR_TASK_TOKEN,
    iamAction: 'dynamodb:UpdateItem',
    iamResources: [props.table.tableArn],
    taskTimeout: props.timeout && sfn.Timeout.duration(props.timeout),
    parameters: updateParameters(props),
    outputs: props.outputs,
    assign: props.assign,
  });
  task.addRetry(dynamoBusyRetrier(props.retry));
  return task;
}

function updateParameters(props: OrderUpdateProps): { [name: string]: unknown } {
  return { TableName: props.table.tableName, Key: { orderId: { S: jsonata(props.orderId) } }, ...renderUpdate(props) };
}
