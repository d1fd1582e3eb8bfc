import { Duration, aws_stepfunctions as sfn } from 'aws-cdk-lib';

/** The errors of a Lambda call that a second try can cure. */
const LAMBDA_TRANSIENT = [
  'Lambda.ServiceException', 'Lambda.AWSLambdaException', 'Lambda.SdkClientException',
  'Lambda.ClientExecutionTimeoutException', 'Lambda.TooManyRequestsException', 'Lambda.Unknown',
  'Sandbox.Timedout', 'Runtime.ExitError', 'States.Timeout',
];

/** What functions of ours throw when DynamoDB is busy, whatever DynamoDB called it. */
const ORDER_FUNCTION_BUSY = ['TransactionConflict', 'ServiceUnavailable'];

/**
 * DynamoDB being busy, as a direct integration names it.
 *
 * The last two are how each integration names what has no name of its own: throttling of a table that is paid by use is
 * among that, and a mistake of ours costs no more than the seconds of the retries.
 */
const BUSY = [
  'ProvisionedThroughputExceededException', 'RequestLimitExceededException', 'ThrottlingException', 'TransactionConflictException',
  'InternalServerErrorException', 'SdkClientException',
];
const DYNAMODB_BUSY = [...BUSY.map((name) => `DynamoDB.${name}`), 'DynamoDB.AmazonDynamoDBException'];
const DYNAMODB_SDK_BUSY = [...BUSY.map((name) => `DynamoDb.${name}`), 'DynamoDb.DynamoDbException'];

const BACKOFF: sfn.RetryProps = {
  maxAttempts: 3,
  interval: Duration.seconds(2),
  backoffRate: 2,
  maxDelay: Duration.seconds(30),
  jitterStrategy: sfn.JitterType.FULL,
};

/** For writes that nothing but a sweeper or a person comes after: they are tried for minutes rather than seconds. @internal */
export const LONG_RETRY = { maxAttempts: 8 };

/** @internal */
export type Retrier = sfn.RetryProps;

/** What a function of ours can end with for a moment only. @internal */
export const ORDER_FUNCTION_TRANSIENT = [...LAMBDA_TRANSIENT, ...ORDER_FUNCTION_BUSY];

/** @internal */
export function functionRetrier(overrides: sfn.RetryProps = {}): Retrier {
  return { errors: LAMBDA_TRANSIENT, ...BACKOFF, ...overrides };
}

/** @internal */
export function orderFunctionRetriers(overrides?: sfn.RetryProps): Retrier[] {
  return [functionRetrier(overrides), { errors: ORDER_FUNCTION_BUSY, ...BACKOFF }];
}

/** @internal */
export function dynamoRetrier(overrides: sfn.RetryProps = {}): Retrier {
  return { errors: [...DYNAMODB_BUSY, sfn.Errors.TIMEOUT], ...BACKOFF, ...overrides };
}

/** Of a wait through the SDK integration, whose time-out is no error. @internal */
export function dynamoBusyRetrier(overrides: sfn.RetryProps = {}): Retrier {
  return { errors: DYNAMODB_SDK_BUSY, ...BACKOFF, ...overrides };
}

/** @internal */
export function serviceRetrier(overrides: sfn.RetryProps = {}): Retrier {
  return { errors: [sfn.Errors.ALL], ...BACKOFF, ...overrides };
}

/** A compensation is tried longer than an action: what it undoes is money or goods. @internal */
export function compensationRetrier(overrides: sfn.RetryProps = {}): Retrier {
  return { errors: [sfn.Errors.ALL], ...BACKOFF, maxAttempts: 6, ...overrides };
}
