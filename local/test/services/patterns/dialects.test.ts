import { LAMBDA, PatternDialect, SNS } from '../../../src/services/patterns/dialect';
import { compilePattern } from '../../../src/services/patterns/event-pattern';
import { PatternError } from '../../../src/services/patterns/pattern-error';
import { JsonObject } from '../../../src/json';

const COMMON: JsonObject[] = [
  { a: ['x', 5, null, { prefix: 'x' }, { suffix: 'x' }, { 'equals-ignore-case': 'x' }] },
  { a: [{ numeric: ['>', 0, '<', 5] }, { 'anything-but': ['x', 'y'] }, { 'anything-but': 5 }, { exists: false }] },
  { $or: [{ a: ['x'] }, { b: ['y'] }] },
];

test.each<[string, PatternDialect, JsonObject]>([
  ...COMMON.map((pattern): [string, PatternDialect, JsonObject] => ['SNS', SNS, pattern]),
  ...COMMON.map((pattern): [string, PatternDialect, JsonObject] => ['Lambda', LAMBDA, pattern]),
  ['SNS', SNS, { a: [{ cidr: '10.0.0.0/8' }, { 'anything-but': { prefix: 'x' } }] }],
])('%s accepts %3$j', (_, dialect, pattern) => {
  expect(() => compilePattern(pattern, dialect)).not.toThrow();
});

// https://github.com/localstack/localstack/blob/main/tests/aws/services/sns/test_sns_filter_policy.snapshot.json, recorded on AWS
test.each<[JsonObject, string]>([
  [{ key: [{ 'anything-but': { suffix: 'x' } }] }, 'Unsupported anything-but pattern: suffix'],
  [{ key: [{ 'anything-but': { prefix: false } }] }, 'prefix match pattern must be a string'],
  [{ key: [{ suffix: ['x', 'y'] }] }, 'suffix match pattern must be a string'],
  [{ key: [{ prefix: { 'equals-ignore-case': 'x' } }] }, 'prefix match pattern must be a string'],
  [{ key: [{ wildcard: 'x*' }] }, 'Unrecognized match type wildcard'],
])('SNS refuses %j: %s', (pattern, message) => {
  expect(() => compilePattern(pattern, SNS)).toThrow(new PatternError(message));
});

// https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html#filtering-syntax lists what Lambda supports.
test.each<[JsonObject, string]>([
  [{ key: [{ wildcard: 'x*' }] }, 'Unrecognized match type wildcard'],
  [{ key: [{ cidr: '10.0.0.0/8' }] }, 'Unrecognized match type cidr'],
  [{ key: [{ 'anything-but': { prefix: 'x' } }] }, 'Unsupported anything-but pattern: prefix'],
])('Lambda refuses %j: %s', (pattern, message) => {
  expect(() => compilePattern(pattern, LAMBDA)).toThrow(new PatternError(message));
});
