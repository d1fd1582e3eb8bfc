import { JsonObject } from '../../json';
import { ServiceError } from '../service-error';

/** The attributes of a message; one without a value is refused, as SNS does. */
export function readAttributes(given: JsonObject = {}): JsonObject {
  for (const [name, attribute] of Object.entries(given)) {
    const { DataType, StringValue, BinaryValue } = attribute as JsonObject;
    const value = String(DataType).startsWith('Binary') ? BinaryValue : StringValue;
    if (value === undefined || value === null || value === '') {
      throw new ServiceError(
        'ParameterValueInvalid',
        `The message attribute '${name}' must contain non-empty message attribute value for message attribute type '${String(DataType)}'.`,
      );
    }
  }
  return given;
}
