import { Fields } from './fields';
import { Random } from '../random';

export interface Retrier {
  readonly errorEquals: readonly string[];
  readonly maxAttempts: number;
  /** How long to wait before the next attempt, of which `done` were made by this retrier. */
  delayMs(done: number, random: Random): number;
}

const FIELDS = ['ErrorEquals', 'IntervalSeconds', 'MaxAttempts', 'BackoffRate', 'MaxDelaySeconds', 'JitterStrategy', 'Comment'];

export function compileRetrier(rule: Fields): Retrier {
  rule.allowOnly(FIELDS);
  const interval = wholeInRange(rule, 'IntervalSeconds', 1, 1, 99_999_999);
  const backoff = inRange(rule, 'BackoffRate', 2, 1, Infinity);
  const longest = wholeInRange(rule, 'MaxDelaySeconds', Infinity, 1, 31_622_400);
  if (longest <= interval) {
    throw rule.error('MaxDelaySeconds', `must be greater than IntervalSeconds, which is ${interval}`);
  }
  const jitter = rule.string('JitterStrategy') ?? 'NONE';
  if (jitter !== 'NONE' && jitter !== 'FULL') {
    throw rule.error('JitterStrategy', `must be FULL or NONE but is '${jitter}'`);
  }
  return {
    errorEquals: rule.strings('ErrorEquals'),
    maxAttempts: wholeInRange(rule, 'MaxAttempts', 3, 0, 99_999_999),
    delayMs(done, random) {
      const seconds = Math.min(interval * backoff ** done, longest);
      return 1000 * (jitter === 'FULL' ? seconds * random() : seconds);
    },
  };
}

function wholeInRange(rule: Fields, name: string, otherwise: number, least: number, most: number): number {
  const value = inRange(rule, name, otherwise, least, most);
  if (rule.has(name) && !Number.isInteger(value)) {
    throw rule.error(name, `must be a whole number but is ${value}`);
  }
  return value;
}

function inRange(rule: Fields, name: string, otherwise: number, least: number, most: number): number {
  const value = rule.number(name);
  if (value === undefined) {
    return otherwise;
  }
  if (value < least || value > most) {
    throw rule.error(name, `must be from ${least} to ${most} but is ${value}`);
  }
  return value;
}
