import { PatternError } from './pattern-error';
import { Json, JsonObject } from '../../json';

/** @param refusal the message if the operand is no text */
export function requireText(operand: Json, refusal: string): string {
  if (typeof operand !== 'string') {
    throw new PatternError(refusal);
  }
  return operand;
}

/** @param refusal the message if the object has further keys */
export function onlyKey(object: JsonObject, refusal: string): void {
  if (Object.keys(object).length > 1) {
    throw new PatternError(refusal);
  }
}
