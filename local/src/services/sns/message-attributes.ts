import { Json, JsonObject } from '../../json';
import { ServiceError } from '../service-error';

/** The attributes of a message; one without a value is refused, as SNS does, and an array of which no filter could read the elements. */
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
    if (DataType === 'String.Array' && !isArrayOfValues(String(StringValue))) {
      throw new ServiceError(
        'ParameterValueInvalid',
        `The message attribute '${name}' must be a JSON array of strings, numbers, booleans and null for message attribute type 'String.Array'.`,
      );
    }
  }
  return given;
}

function isArrayOfValues(text: string): boolean {
  try {
    const values = JSON.parse(text) as Json;
    return Array.isArray(values) && values.every((value) => value === null || typeof value !== 'object');
  } catch {
    return false;
  }
}
