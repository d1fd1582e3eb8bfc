import { JsonObject } from '../../json';
import { ServiceCall } from '../../services/service';
import { ServiceError } from '../../services/service-error';

/** A failure of the service itself, under the name that its API has for that. */
export function internalError({ service }: ServiceCall): ServiceError {
  const code = service === 'lambda' ? 'ServiceException' : service === 'dynamodb' ? 'InternalServerError' : 'InternalFailure';
  return new ServiceError(code, 'an injected fault', 500);
}

export function throttled({ service }: ServiceCall): ServiceError {
  switch (service) {
    case 'lambda':
      return new ServiceError('TooManyRequestsException', 'Rate Exceeded.', 429, {
        Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
      });
    case 'dynamodb':
      return new ServiceError(
        'ProvisionedThroughputExceededException',
        'The level of configured provisioned throughput for the table was exceeded.',
      );
    case 'ses':
      return new ServiceError('TooManyRequestsException', 'Too many requests have been made to the operation.', 429);
    default:
      return new ServiceError('ThrottlingException', 'Rate exceeded');
  }
}

export function conflict({ operation, input }: ServiceCall): ServiceError {
  if (operation !== 'TransactWriteItems') {
    return new ServiceError('TransactionConflictException', 'Transaction is ongoing for the item');
  }
  const reasons = (input.TransactItems as JsonObject[]).map((_, index): JsonObject =>
    index === 0 ? { Code: 'TransactionConflict', Message: 'Transaction is ongoing for the item' } : { Code: 'None' },
  );
  return new ServiceError(
    'TransactionCanceledException',
    `Transaction cancelled, please refer cancellation reasons for specific reasons [${reasons.map(({ Code }) => Code).join(', ')}]`,
    400,
    { CancellationReasons: reasons },
  );
}
