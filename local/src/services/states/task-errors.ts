import { Integration } from './integration';
import { INTEGRATION_MODELS } from './integration-models';
import { TaskFailure } from '../../asl/task-runner';
import { Json } from '../../json';
import { ConnectionLost, ServiceError } from '../service-error';

/** Exceptions that the SDK behind optimized integrations has no class for: they come under the service's general name. */
const UNNAMED = new Set([
  'MissingParameter', 'ValidationError', 'ValidationException', 'SerializationException', 'ThrottlingException', 'UnrecognizedClientException',
]);

/** Exceptions whose code on the wire is not their name. */
const NAMES: Readonly<Record<string, string>> = { ParameterValueInvalid: 'InvalidParameterValueException' };

/** A service's refusal under the name that Step Functions gives it. */
export function taskFailure(error: unknown, { family, service, operation, errorPrefix, serviceTitle }: Integration): unknown {
  if (error instanceof ConnectionLost) {
    return new TaskFailure(`${errorPrefix}.SdkClientException`, 'Unable to execute HTTP request: the connection was lost');
  }
  if (!(error instanceof ServiceError)) {
    return error;
  }
  const { code, message, status } = error;
  const unnamed = UNNAMED.has(code) && !INTEGRATION_MODELS[service].operations[operation].errors.includes(code);
  const named = NAMES[code] ?? (code.endsWith('Exception') ? code : `${code}Exception`);
  if (family === 'sdk') {
    const cause = `${message} (Service: ${serviceTitle}, Status Code: ${status}, Request ID: local) (SDK Attempt Count: 1)`;
    return new TaskFailure(`${errorPrefix}.${unnamed ? `${errorPrefix}Exception` : named}`, cause);
  }
  const cause = `${message} (Service: ${serviceTitle}; Status Code: ${status}; Error Code: ${code}; Request ID: local; Proxy: null)`;
  return new TaskFailure(`${errorPrefix}.${unnamed ? `${serviceTitle.replace(/v2$/, '')}Exception` : named}`, cause);
}

/** A function's own error: its type is the error's name, all it said is the cause. */
export function functionFailure(payload: string): TaskFailure {
  const said = JSON.parse(payload) as Json;
  const errorType =
    typeof said === 'object' && said !== null && !Array.isArray(said) ? (said as { errorType?: unknown }).errorType : undefined;
  return new TaskFailure(typeof errorType === 'string' && errorType !== '' ? errorType : 'Lambda.Unknown', payload);
}
