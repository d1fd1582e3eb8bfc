import { Annotations, Duration, aws_iam as iam, aws_lambda as lambda, aws_sqs as sqs } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { isInAnotherStack } from '../private/across-stacks';
import { QueueDestination } from '../private/queue-destination';

const OPTIONS: lambda.EventInvokeConfigOptions = { retryAttempts: 2, maxEventAge: Duration.hours(6) };

/** The functions of other stacks that have such a configuration; those of this stack have it among their children. */
const configured = new WeakSet<lambda.IFunction>();

/**
 * Sends the failed asynchronous invocations of a function to a dead-letter queue.
 *
 * A function has one such configuration: its own, or that of the first notifier that invokes it.
 *
 * @internal
 */
export function sendFailedInvocations(scope: Construct, handler: lambda.IFunction, queue: sqs.IQueue): void {
  if (configured.has(handler) || handler.node.tryFindChild('EventInvokeConfig')) {
    return;
  }
  if (!handler.role) {
    Annotations.of(scope).addWarningV2(
      'cdk-order-workflow:functionWithoutRole',
      `the function ${handler.node.path} is imported without its role, so what it fails at cannot be sent to the dead-letter queue of the notifier:`
      + ' import it with Function.fromFunctionAttributes and its role, or set onFailure where the function is made',
    );
  } else if (isInAnotherStack(handler, scope)) {
    configured.add(handler);
    configureFromHere(scope, handler, handler.role, queue);
  } else {
    handler.configureAsyncInvoke({ ...OPTIONS, onFailure: new QueueDestination(queue) });
  }
}

/** Configures a function of another stack without a change of that stack, which would then depend on this one. */
function configureFromHere(scope: Construct, handler: lambda.IFunction, role: iam.IRole, queue: sqs.IQueue): void {
  const policy = new iam.Policy(scope, 'FailedInvocationsPolicy', {
    roles: [role],
    statements: [
      new iam.PolicyStatement({ actions: ['sqs:SendMessage'], resources: [queue.queueArn] }),
      ...(queue.encryptionMasterKey
        ? [new iam.PolicyStatement({ actions: ['kms:Decrypt', 'kms:GenerateDataKey'], resources: [queue.encryptionMasterKey.keyArn] })]
        : []),
    ],
  });
  const { lambda: unqualified = handler, qualifier } = handler as QualifiedFunction;
  const config = new lambda.EventInvokeConfig(scope, 'FailedInvocations', {
    ...OPTIONS, function: unqualified, qualifier, onFailure: { bind: () => ({ destination: queue.queueArn }) },
  });
  // Lambda checks that the function may send to its destination.
  config.node.addDependency(policy);
}

/** A version or an alias, which has a function; a function has none. */
type QualifiedFunction = lambda.IFunction & { readonly lambda?: lambda.IFunction; readonly qualifier?: string };
