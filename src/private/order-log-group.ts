import { RemovalPolicy, Stack, aws_iam as iam, aws_kms as kms, aws_logs as logs } from 'aws-cdk-lib';
import { Construct } from 'constructs';

/** @internal */
export interface OrderLogGroupProps {
  readonly retention?: logs.RetentionDays;
  readonly removalPolicy?: RemovalPolicy;
  readonly encryptionKey?: kms.IKey;
}

/** Keys that allow CloudWatch Logs already. */
const allowed = new WeakSet<kms.IKey>();

/**
 * A log group that ends, and whose key lets CloudWatch Logs use it: a log group does not see to that itself.
 *
 * @internal
 */
export function orderLogGroup(scope: Construct, id: string, props: OrderLogGroupProps = {}): logs.LogGroup {
  const { encryptionKey } = props;
  if (encryptionKey && !allowed.has(encryptionKey)) {
    allowed.add(encryptionKey);
    encryptionKey.addToResourcePolicy(allowLogs(Stack.of(scope)));
  }
  return new logs.LogGroup(scope, id, {
    retention: props.retention ?? logs.RetentionDays.ONE_MONTH,
    removalPolicy: props.removalPolicy ?? RemovalPolicy.DESTROY,
    encryptionKey,
  });
}

function allowLogs(stack: Stack): iam.PolicyStatement {
  return new iam.PolicyStatement({
    sid: 'AllowLogs',
    principals: [new iam.ServicePrincipal(`logs.${stack.region}.amazonaws.com`)],
    actions: ['kms:Encrypt*', 'kms:Decrypt*', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Describe*'],
    resources: ['*'],
    conditions: {
      ArnLike: { 'kms:EncryptionContext:aws:logs:arn': stack.formatArn({ service: 'logs', resource: '*' }) },
    },
  });
}
