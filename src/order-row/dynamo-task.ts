import { Duration, Stack, aws_iam as iam, aws_stepfunctions as sfn } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { Retrier } from '../private/retries';

/** @internal */
export interface DynamoTaskProps {
  readonly stateName: string;
  readonly action: 'getItem' | 'updateItem';
  readonly parameters: { [name: string]: unknown };
  readonly outputs: unknown;
  readonly assign?: { [name: string]: unknown };
  readonly timeout: Duration;
  readonly retrier: Retrier;
}

/**
 * A call to DynamoDB by the integration that speaks its own attribute values.
 *
 * The SDK integration names some of them as the Java SDK does, and the construct of the CDK for this one takes no
 * expression for a whole field. The role of the state machine gets the permission where the machine is made, with that
 * for the key of the table.
 *
 * @internal
 */
export class DynamoTask extends sfn.TaskStateBase {
  protected readonly taskMetrics?: sfn.TaskMetricsConfig = undefined;
  protected readonly taskPolicies?: iam.PolicyStatement[] = undefined;

  constructor(scope: Construct, id: string, private readonly task: DynamoTaskProps) {
    super(scope, id, {
      stateName: task.stateName,
      queryLanguage: sfn.QueryLanguage.JSONATA,
      outputs: task.outputs,
      assign: task.assign,
      taskTimeout: sfn.Timeout.duration(task.timeout),
    });
    this.addRetry(task.retrier);
  }

  protected _renderTask(): object {
    return { Resource: `arn:${Stack.of(this).partition}:states:::dynamodb:${this.task.action}`, Arguments: this.task.parameters };
  }
}
