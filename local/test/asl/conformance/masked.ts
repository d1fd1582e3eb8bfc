import { Json } from '../../../src';
import { isJsonObject } from '../../../src/json';

/** Words that stand in the recordings for a whole value that AWS made up. */
const MASKS = new Set([
  'date',
  'start-time',
  'entered-time',
  'snf_role_arn',
  'lambda_function_name',
  'executionSucceededEventDetails.output',
]);

/**
 * Whether a value is the recorded one, masked values being compared by shape: `<name>` stands for any text,
 * and a member whose value is its own name for any value.
 */
export function agrees(recorded: Json, actual: Json | undefined): boolean {
  if (typeof recorded === 'string') {
    return MASKS.has(recorded) || (typeof actual === 'string' && textAgrees(recorded, actual));
  }
  if (Array.isArray(recorded)) {
    return Array.isArray(actual) && actual.length === recorded.length && recorded.every((item, i) => agrees(item, actual[i]));
  }
  if (isJsonObject(recorded)) {
    return (
      isJsonObject(actual) &&
      Object.keys(actual).sort().join() === Object.keys(recorded).sort().join() &&
      Object.keys(recorded).every((name) => recorded[name] === name || agrees(recorded[name], actual[name]))
    );
  }
  return recorded === actual;
}

function textAgrees(recorded: string, actual: string): boolean {
  if (recorded === actual) {
    return true;
  }
  const parts = recorded.split(/<[\w:-]+>/);
  return parts.length > 1 && new RegExp(`^${parts.map(literal).join('[\\s\\S]*')}$`).test(actual);
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
