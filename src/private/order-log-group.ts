import { RemovalPolicy, aws_kms as kms, aws_logs as logs } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { letLogsUseKey } from './shared-key';

/** @internal */
export interface OrderLogGroupProps {
  /** The name that CloudFormation assigns if there is none. */
  readonly logGroupName?: string;
  readonly retention?: logs.RetentionDays;
  readonly removalPolicy?: RemovalPolicy;
  readonly encryptionKey?: kms.IKey;
}

/**
 * A log group with a retention period, whose key CloudWatch Logs may use.
 *
 * @internal
 */
export function orderLogGroup(scope: Construct, id: string, props: OrderLogGroupProps = {}): logs.LogGroup {
  const { encryptionKey } = props;
  if (encryptionKey) {
    letLogsUseKey(scope, encryptionKey);
  }
  return new logs.LogGroup(scope, id, {
    logGroupName: props.logGroupName,
    retention: props.retention ?? logs.RetentionDays.ONE_MONTH,
    removalPolicy: props.removalPolicy ?? RemovalPolicy.DESTROY,
    encryptionKey,
  });
}
