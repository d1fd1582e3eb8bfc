import { Annotations, Stack, aws_iam as iam, aws_kms as kms } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

const done = { messaging: new WeakSet<kms.IKey>(), logs: new WeakSet<kms.IKey>(), logDelivery: new WeakSet<kms.IKey>() };

/**
 * Lets alarms, rules and topics use the key of a topic or queue that they send to.
 *
 * Without it, what they send is lost without an error.
 *
 * @internal
 */
export function letMessagingUseKey(scope: IConstruct, key: kms.IKey): void {
  allowOnce(scope, key, 'messaging', new iam.PolicyStatement({
    sid: 'AllowMessaging',
    principals: ['cloudwatch', 'events', 'sns'].map((service) => new iam.ServicePrincipal(`${service}.amazonaws.com`)),
    actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
    resources: ['*'],
  }));
}

/**
 * Lets CloudWatch Logs use the key of a log group, which does not do so itself.
 *
 * @internal
 */
export function letLogsUseKey(scope: IConstruct, key: kms.IKey): void {
  const stack = Stack.of(scope);
  allowOnce(scope, key, 'logs', new iam.PolicyStatement({
    sid: 'AllowLogs',
    principals: [new iam.ServicePrincipal(`logs.${stack.region}.amazonaws.com`)],
    actions: ['kms:Encrypt*', 'kms:Decrypt*', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Describe*'],
    resources: ['*'],
    conditions: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': stack.formatArn({ service: 'logs', resource: '*' }) } },
  }));
}

/**
 * Lets Step Functions deliver the logs of executions that a key encrypts.
 *
 * @internal
 */
export function letLogDeliveryUseKey(scope: IConstruct, key: kms.IKey): void {
  allowOnce(scope, key, 'logDelivery', new iam.PolicyStatement({
    principals: [new iam.ServicePrincipal('delivery.logs.amazonaws.com')], actions: ['kms:Decrypt*'], resources: ['*'],
  }));
}

/** The policy of an imported key cannot be changed: a warning names the statement that it needs. */
function allowOnce(scope: IConstruct, key: kms.IKey, use: keyof typeof done, statement: iam.PolicyStatement): void {
  if (done[use].has(key)) {
    return;
  }
  done[use].add(key);
  if (!key.addToResourcePolicy(statement).statementAdded) {
    Annotations.of(scope).addWarningV2(
      `cdk-order-workflow:keyPolicy:${use}`,
      `the policy of the key at ${key.node.path} is not ours to change: add to it ${JSON.stringify(Stack.of(scope).resolve(statement.toStatementJson()))}`,
    );
  }
}
