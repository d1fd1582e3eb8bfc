import { aws_iam as iam, aws_kms as kms } from 'aws-cdk-lib';

/**
 * Grants what starting, describing and resuming executions need of the key of their state machine, if it has one.
 *
 * @internal
 */
export function grantMachineKey(grantee: iam.IGrantable, encryptionKey?: kms.IKey): iam.Grant | undefined {
  return encryptionKey?.grant(grantee, 'kms:Decrypt', 'kms:GenerateDataKey');
}

/**
 * Grants the principal permission to start executions of a state machine, by its versions and aliases too: Step Functions authorizes those
 * with the ARN of the machine.
 *
 * @internal
 */
export function grantStart(grantee: iam.IGrantable, stateMachineArn: string, encryptionKey?: kms.IKey): iam.Grant {
  const grant = iam.Grant.addToPrincipal({ grantee, actions: ['states:StartExecution'], resourceArns: [stateMachineArn] });
  const key = grantMachineKey(grantee, encryptionKey);
  return key ? grant.combine(key) : grant;
}

/** Grants the principal permission to resume executions that wait with a task token, by one of the answers. @internal */
export function grantResume(
  grantee: iam.IGrantable, stateMachineArn: string, encryptionKey?: kms.IKey, actions = ['states:SendTaskSuccess'],
): void {
  iam.Grant.addToPrincipal({ grantee, actions, resourceArns: [stateMachineArn] });
  grantMachineKey(grantee, encryptionKey);
}
