import { aws_kms as kms, aws_stepfunctions as sfn } from 'aws-cdk-lib';
import { grantMachineKey } from './grant-machine';
import { letLogDeliveryUseKey } from './shared-key';

/** As long as the CDK's construct sets. */
const REUSE_SECONDS = 300;

/**
 * Encrypts the executions of a state machine with a key, and grants its role the use of the key for them and for their logs.
 *
 * `encryptionConfiguration` of the CDK's construct makes two statements of this that a role does not need: the condition of one has the ARN
 * of the machine without its name, which CloudFormation gives it later, so that it never applies, and the other is a part of this grant.
 * https://github.com/aws/aws-cdk/blob/v2.240.0/packages/aws-cdk-lib/aws-stepfunctions/lib/state-machine.ts
 *
 * @internal
 */
export function encryptMachine(machine: sfn.StateMachine, key?: kms.IKey): void {
  if (!key) {
    return;
  }
  (machine.node.defaultChild as sfn.CfnStateMachine).encryptionConfiguration = {
    type: 'CUSTOMER_MANAGED_KMS_KEY', kmsKeyId: key.keyArn, kmsDataKeyReusePeriodSeconds: REUSE_SECONDS,
  };
  grantMachineKey(machine, key);
  letLogDeliveryUseKey(machine, key);
}
