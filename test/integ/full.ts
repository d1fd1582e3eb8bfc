import { App, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import {
  AwaitApproval, CreateOrder, EnqueueOrder, InvokeFunction, OrderProcessingWorkflow, ProcessPayment, ReserveInventory, RunStates, SendConfirmation,
  ValidateOrder,
} from '../../src';

/** Every kind of step, with one key for all. */
export function full(app: App): Stack {
  const stack = new Stack(app, 'Full');
  const fraudCheck = new lambda.Function(stack, 'FraudCheck', {
    runtime: lambda.Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline("exports.handler = async ({ userId }) => ({ status: userId === 'eve' ? 'SUSPICIOUS' : 'CLEARED', score: 7 });"),
    timeout: Duration.seconds(5),
  });
  new OrderProcessingWorkflow(stack, 'Orders', {
    encryptionKey: new kms.Key(stack, 'Key', { enableKeyRotation: true }),
    removalPolicy: RemovalPolicy.DESTROY,
    steps: [
      new ValidateOrder(),
      new ReserveInventory(),
      new CreateOrder(),
      ProcessPayment.simulated({ approvalRate: 0.9 }),
      new AwaitApproval({ onlyIf: '$states.input.totalAmount > 1000', timeout: Duration.hours(8) }),
      new InvokeFunction({ stepName: 'CheckFraud', handler: fraudCheck, acceptedStatus: 'CLEARED', rejectedStatuses: ['SUSPICIOUS'] }),
      new RunStates({
        stepName: 'Audit',
        states: sfn.Pass.jsonPath(stack, 'Note', { result: sfn.Result.fromObject({ auditor: 'none' }) }),
        acceptedStatus: 'AUDITED',
      }),
    ],
    closingSteps: [
      new SendConfirmation({ sender: 'shop@example.com' }),
      new EnqueueOrder({ queue: new sqs.Queue(stack, 'Shipping', { encryption: sqs.QueueEncryption.KMS_MANAGED }) }),
    ],
  });
  return stack;
}
