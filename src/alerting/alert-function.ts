import { Duration, aws_secretsmanager as secretsmanager, aws_sns_subscriptions as subscriptions } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { DeduplicatedAlertOptions } from './alert-options';
import { grantSentAlerts } from './sent-alerts-table';
import { subscribe } from './subscribe';
import { IOrderWorkflow } from '../order-workflow';
import { grantReadSecret } from '../private/grant-secret';
import { bundledCode } from '../private/order-function';
import { QueueDestination } from '../private/queue-destination';
import { ValidationError } from '../private/validation-error';

/** @internal */
export interface AlertFunctionProps {
  /** The handler below lambda-src/alerting. */
  readonly handler: string;
  readonly description: string;
  readonly secret: secretsmanager.ISecret;
  readonly options: DeduplicatedAlertOptions;
  readonly environment: { [name: string]: string };
}

/** Long enough to wait as long as the receiver's Retry-After says. */
const TIMEOUT = Duration.seconds(60);

/**
 * A function that sends each alert to a receiver outside of AWS once; what the receiver refuses goes to the dead-letter queue.
 *
 * @internal
 */
export function alertFunction(scope: Construct, workflow: IOrderWorkflow, props: AlertFunctionProps): void {
  const { repeatWindow = Duration.minutes(15) } = props.options;
  if (!repeatWindow.isUnresolved() && repeatWindow.toMilliseconds() < 1_000) {
    throw new ValidationError(`repeatWindow is ${repeatWindow.toHumanString()}: give one second or more`, scope);
  }
  const { sentAlertsTable } = workflow;
  const fn = workflow.newFunction(scope, 'Function', {
    displayName: `${scope.node.id} alerts`,
    code: bundledCode(`alerting/${props.handler}`),
    description: props.description,
    timeout: TIMEOUT,
    environment: {
      WORKFLOW: workflow.workflowName,
      TARGET: scope.node.path,
      SECRET_ARN: props.secret.secretArn,
      SENT_ALERTS_TABLE: sentAlertsTable.tableName,
      REPEAT_WINDOW_SECONDS: String(repeatWindow.toSeconds()),
      ORDER_LOG_GROUP: workflow.logGroup.logGroupName,
      ...props.environment,
    },
  });
  const deadLetterQueue = subscribe(scope, workflow, props.options, new subscriptions.LambdaSubscription(fn));
  fn.addEnvironment('DEAD_LETTER_QUEUE_URL', deadLetterQueue.queueUrl);
  fn.configureAsyncInvoke({ retryAttempts: 2, onFailure: new QueueDestination(deadLetterQueue) });
  grantReadSecret(props.secret, fn);
  grantSentAlerts(sentAlertsTable, fn);
}
