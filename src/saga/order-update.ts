import {
  Duration, aws_dynamodb as dynamodb, aws_stepfunctions as sfn, aws_stepfunctions_tasks as tasks,
} from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { jsonata } from './expressions';
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
  /** Whether the write leaves the task's token on the row and waits until somebody answers it. */
  readonly waitForTaskToken?: boolean;
  readonly timeout?: Duration;
  readonly retry?: sfn.RetryProps;
}

/** An update takes milliseconds; what takes longer is lost. */
const UPDATE_TIMEOUT = Duration.seconds(10);

/**
 * A conditional write on the order's row, straight from the state machine.
 *
 * @internal
 */
export function orderUpdate(scope: Construct, id: string, props: OrderUpdateProps): tasks.CallAwsService {
  const task = tasks.CallAwsService.jsonata(scope, id, {
    stateName: props.stateName,
    service: 'dynamodb',
    action: 'updateItem',
    integrationPattern: props.waitForTaskToken ? sfn.IntegrationPattern.WAIT_FOR_TASK_TOKEN : undefined,
    iamResources: [props.table.tableArn],
    taskTimeout: sfn.Timeout.duration(props.timeout ?? UPDATE_TIMEOUT),
    parameters: {
      TableName: props.table.tableName,
      Key: { orderId: { S: jsonata(props.orderId) } },
      ...renderUpdate(props),
      ...(props.waitForTaskToken ? {} : { ReturnValues: 'ALL_NEW' }),
    },
    outputs: props.outputs,
    assign: props.assign,
  });
  // A wait that ran out must not be waited for again.
  task.addRetry(props.waitForTaskToken ? dynamoBusyRetrier(props.retry) : dynamoRetrier(props.retry));
  return task;
}
