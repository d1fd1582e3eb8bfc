import { aws_logs as logs, aws_stepfunctions as sfn } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { STATE_NAMES } from '../contract/state-names';

/** @internal */
export interface OutcomeMetricsProps {
  readonly namespace: string;
  readonly logGroup: logs.ILogGroup;
  readonly stateMachine: sfn.StateMachine;
}

/** Counts the executions that end with a rejected or a duplicate order, which Step Functions counts as succeeded. @internal */
export function countOutcomes(scope: Construct, props: OutcomeMetricsProps): void {
  count(scope, 'OrdersRejected', STATE_NAMES.ORDER_REJECTED, props);
  count(scope, 'OrdersDuplicate', STATE_NAMES.DUPLICATE_ORDER, props);
}

/** A log group can be shared, so only the executions of this state machine count. */
function count(scope: Construct, metricName: string, stateName: string, { logGroup, namespace, stateMachine }: OutcomeMetricsProps): void {
  new logs.MetricFilter(scope, metricName, {
    logGroup,
    metricNamespace: namespace,
    metricName,
    // Without it there is no metric before the first, and nothing to subtract.
    defaultValue: 0,
    filterPattern: logs.FilterPattern.all(
      logs.FilterPattern.stringValue('$.type', '=', 'SucceedStateEntered'),
      logs.FilterPattern.stringValue('$.details.name', '=', stateName),
      logs.FilterPattern.stringValue('$.execution_arn', '=', `*:${stateMachine.stateMachineName}:*`),
    ),
  });
}
