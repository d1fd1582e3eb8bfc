import { filterView, Notification } from './notification';
import { isJsonObject, Json, JsonObject } from '../../json';
import { SNS } from '../patterns/dialect';
import { compilePattern } from '../patterns/event-pattern';
import { PatternError } from '../patterns/pattern-error';

type Scope = 'MessageAttributes' | 'MessageBody';

const MAX_KEYS = 5;
const MAX_COMBINATIONS = 150;

/** Which notifications a subscription with a filter policy wants. */
export function compileFilterPolicy(policy: JsonObject, scope: Scope): (notification: Notification) => boolean {
  if (Object.keys(policy).length === 0) {
    return () => true;
  }
  const pattern = refusedAsBySns(() => {
    const compiled = compilePattern(policy, SNS);
    checkLimits(policy);
    return compiled;
  });
  if (scope === 'MessageAttributes' && hasNested(policy)) {
    throw new PatternError('Invalid parameter: Attributes Reason: Filter policy scope MessageAttributes does not support nested filter policy');
  }
  return scope === 'MessageBody' ? (notification) => pattern(parsed(notification.message)) : (notification) => {
    const attributes = filterView(notification);
    // https://docs.aws.amazon.com/sns/latest/dg/attribute-key-matching.html: without any attribute, not even `{"exists": false}` matches.
    return Object.keys(attributes).length > 0 && pattern(attributes);
  };
}

function refusedAsBySns<T>(compile: () => T): T {
  try {
    return compile();
  } catch (error) {
    throw error instanceof PatternError ? new PatternError(`Invalid parameter: Attributes Reason: FilterPolicy: ${error.message}`) : error;
  }
}

/** https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html */
function checkLimits(policy: JsonObject): void {
  if (Object.keys(policy).length > MAX_KEYS) {
    throw new PatternError(`Filter policy can not have more than ${MAX_KEYS} keys`);
  }
  if (combinations(policy, 1, 1) > MAX_COMBINATIONS) {
    throw new PatternError('Filter policy is too complex');
  }
}

function hasNested(policy: JsonObject): boolean {
  return Object.entries(policy).some(([name, wanted]) => (name === '$or' ? ways(wanted).some(hasNested) : isJsonObject(wanted)));
}

/** The values of each key, times how deep it is nested, multiplied; what `$or` lists is added up. */
function combinations(policy: JsonObject, depth: number, soFar: number): number {
  return Object.entries(policy).reduce((count, [name, wanted]) => {
    if (name === '$or') {
      return ways(wanted).reduce((sum, way) => sum + combinations(way, depth, count), 0);
    }
    return isJsonObject(wanted) ? combinations(wanted, depth + 1, count) : count * (Array.isArray(wanted) ? wanted.length : 1) * depth;
  }, soFar);
}

function ways(wanted: Json): JsonObject[] {
  return Array.isArray(wanted) ? wanted.filter(isJsonObject) : [];
}

function parsed(message: string): Json {
  try {
    return JSON.parse(message) as Json;
  } catch {
    return null;
  }
}
