import {
  Duration, aws_lambda as lambda, aws_lambda_destinations as destinations, aws_secretsmanager as secretsmanager,
  aws_sns_subscriptions as subscriptions,
} from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { AlertTargetBindOptions, OnceAlertOptions } from './alert-target';
import { subscribe } from './subscribe';
import { OrderFunction } from '../private/order-function';
import { ValidationError } from '../private/validation-error';

/** @internal */
export interface AlertFunctionProps {
  /** The handler below lambda-src/alerting. */
  readonly handler: string;
  readonly description: string;
  readonly secret: secretsmanager.ISecret;
  readonly options: OnceAlertOptions;
  readonly environment: { [name: string]: string };
}

/** Time to wait where a receiver asks for it. */
const TIMEOUT = Duration.seconds(60);

/**
 * A function that tells a receiver outside of AWS of each alert once, and parks what it refuses.
 *
 * @internal
 */
export function alertFunction(scope: Construct, bound: AlertTargetBindOptions, props: AlertFunctionProps): void {
  const { repeatWindow = Duration.minutes(15) } = props.options;
  if (!repeatWindow.isUnresolved() && repeatWindow.toMilliseconds() < 1_000) {
    throw new ValidationError(`repeatWindow is ${repeatWindow.toHumanString()}: give one second or more`, scope);
  }
  const sentAlerts = bound.alerts._ensureSentAlerts();
  const environment = {
    WORKFLOW: bound.workflowName,
    TARGET: scope.node.path,
    SECRET_ARN: props.secret.secretArn,
    SENT_ALERTS_TABLE: sentAlerts.table.tableName,
    REPEAT_WINDOW_SECONDS: String(repeatWindow.toSeconds()),
    ...(bound.logGroup ? { ORDER_LOG_GROUP: bound.logGroup.logGroupName } : {}),
    ...props.environment,
  };
  const fn: lambda.Function = new OrderFunction(scope, 'Function', {
    displayName: `${scope.node.id} alerts`,
    bundle: `alerting/${props.handler}`,
    description: props.description,
    timeout: TIMEOUT,
    settings: bound.functionSettings,
    environment,
  });
  const deadLetterQueue = subscribe(scope, bound, props.options, new subscriptions.LambdaSubscription(fn));
  fn.addEnvironment('DEAD_LETTER_QUEUE_URL', deadLetterQueue.queueUrl);
  fn.configureAsyncInvoke({ retryAttempts: 2, onFailure: new destinations.SqsDestination(deadLetterQueue) });
  props.secret.grantRead(fn);
  sentAlerts.grantClaim(fn);
}
