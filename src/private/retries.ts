import { Duration, aws_stepfunctions as sfn } from 'aws-cdk-lib';
import { ValidationError } from './validation-error';

/** The errors of an invocation that a retry can cure. */
const LAMBDA_TRANSIENT = [
  'Lambda.ServiceException', 'Lambda.AWSLambdaException', 'Lambda.SdkClientException',
  'Lambda.ClientExecutionTimeoutException', 'Lambda.TooManyRequestsException', 'Lambda.Unknown',
  'Sandbox.Timedout', 'Runtime.ExitError', 'States.Timeout',
];

/** What the functions of the library throw when their transaction met others on the same items. @internal */
export const ORDER_FUNCTION_CONFLICT = 'TransactionConflict';

/** What the functions of the library throw when DynamoDB is busy. */
const ORDER_FUNCTION_BUSY = [ORDER_FUNCTION_CONFLICT, 'ServiceUnavailable'];

/**
 * DynamoDB being busy, as a direct integration names it.
 *
 * The last two are how each integration names what has no name of its own: throttling of a table that is paid by use is
 * among that; the retries of any other error take a few seconds.
 */
const BUSY = [
  'ProvisionedThroughputExceededException', 'RequestLimitExceededException', 'ThrottlingException', 'TransactionConflictException',
  'InternalServerErrorException', 'SdkClientException',
];
const DYNAMODB_BUSY = [...BUSY.map((name) => `DynamoDB.${name}`), 'DynamoDB.AmazonDynamoDBException'];
const DYNAMODB_SDK_BUSY = [...BUSY.map((name) => `DynamoDb.${name}`), 'DynamoDb.DynamoDbException'];

const BACKOFF = {
  maxAttempts: 3,
  interval: Duration.seconds(2),
  backoffRate: 2,
  maxDelay: Duration.seconds(30),
  jitterStrategy: sfn.JitterType.FULL,
};

/** For writes after which only a sweep or an operator comes: they are retried for minutes rather than seconds. @internal */
export const LONG_RETRY = { maxAttempts: 8 };

/** @internal */
export type Retrier = sfn.RetryProps;

/** The transient errors of the functions of the library. @internal */
export const ORDER_FUNCTION_TRANSIENT = [...LAMBDA_TRANSIENT, ...ORDER_FUNCTION_BUSY];

/** @internal */
export function functionRetrier(overrides: sfn.RetryProps = {}): Retrier {
  return retrier(LAMBDA_TRANSIENT, overrides);
}

/** @internal */
export function orderFunctionRetriers(overrides?: sfn.RetryProps): Retrier[] {
  return [functionRetrier(overrides), { errors: ORDER_FUNCTION_BUSY, ...BACKOFF }];
}

/** @internal */
export function dynamoRetrier(overrides: sfn.RetryProps = {}): Retrier {
  return retrier([...DYNAMODB_BUSY, sfn.Errors.TIMEOUT], overrides);
}

/** For a wait through the SDK integration, whose timeout is an outcome and not retried. @internal */
export function dynamoBusyRetrier(overrides: sfn.RetryProps = {}): Retrier {
  return retrier(DYNAMODB_SDK_BUSY, overrides);
}

/** @internal */
export function serviceRetrier(overrides: sfn.RetryProps = {}): Retrier {
  return retrier([sfn.Errors.ALL], overrides);
}

/** A release of stock waits for its turn for minutes: an operator could do no more about contention than wait. @internal */
export function contendedReleaseRetrier(): Retrier {
  return { errors: [ORDER_FUNCTION_CONFLICT], ...BACKOFF, maxAttempts: 15 };
}

/** A compensation is retried longer than a step: it undoes payments and reservations. @internal */
export function compensationRetrier(overrides: sfn.RetryProps = {}): Retrier {
  return retrier([sfn.Errors.ALL], { maxAttempts: 6, ...overrides });
}

/** The longest delay of ours is for intervals that are shorter: any other would never grow, or be cut short. */
function retrier(errors: string[], overrides: sfn.RetryProps): Retrier {
  const { maxDelay: longest, ...backoff } = BACKOFF;
  const { interval, maxDelay } = { ...backoff, ...overrides };
  if (isShorter(maxDelay, interval)) {
    throw new ValidationError(
      `retry has the interval ${interval!.toHumanString()} and the maxDelay ${maxDelay!.toHumanString()}, which is shorter: raise maxDelay, or lower interval`,
    );
  }
  return { errors, ...backoff, ...(isShorter(interval, longest) ? { maxDelay: longest } : {}), ...overrides };
}

function isShorter(one?: Duration, other?: Duration): boolean {
  return one !== undefined && other !== undefined && !one.isUnresolved() && !other.isUnresolved() && one.toMilliseconds() < other.toMilliseconds();
}
