import { allow, role, statements } from './statements';
import { ContextValues, decide } from '../../src/permissions';

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html, where a row names no other page. */
const VARIABLES = 'reference_policies_variables.html#policy-vars-no-value';

/** Whether a statement with this condition applies to a call with this context. */
function holds(Condition: object, context: ContextValues = {}): boolean {
  const identity = statements(allow({ Action: '*', Resource: '*', Condition }));
  return decide({ principal: role, action: 'a:B', resource: '*', context }, { identity }).allowed;
}

const ARN = 'arn:aws:sns:us-east-1:123456789012:failures';
type Wanted = string | string[] | boolean | number;

describe('a condition', () => {
  it.each<[string, Wanted, string, boolean]>([
    ['StringEquals', ['1', '2'], '2', true],
    ['StringEquals', '2*', '22', false],
    ['StringEquals', 'ab', 'AB', false],
    ['StringEquals', 'a${*}', 'a*', true],
    ['StringEquals', '', '', true],
    ['StringNotEquals', ['1', '2'], '2', false],
    ['StringNotEquals', ['1', '2'], '3', true],
    ['StringEqualsIgnoreCase', 'AbC', 'aBc', true],
    ['StringNotEqualsIgnoreCase', 'AbC', 'aBc', false],
    ['StringLike', 'a*c?', 'abbcd', true],
    ['StringLike', 'a*c?', 'abbc', false],
    ['StringLike', 'A*', 'ab', false],
    ['StringLike', '**b**', 'ab', true],
    ['StringLike', '*:*', 'a:b', true],
    ['StringLike', 'a${*}', 'a*', true],
    ['StringLike', 'a${*}', 'ab', false],
    ['StringNotLike', ['x', 'a*'], 'ab', false],
    ['StringNotLike', ['x', 'y*'], 'ab', true],
    ['ArnEquals', 'arn:aws:sns:*:*:failures', ARN, true],
    ['ArnLike', 'arn:aws:sns:*:failures', ARN, false],
    ['ArnLike', 'arn:aws:sns:us-east-1:123456789012:*', `${ARN}:x`, true],
    ['ArnLike', 'arn:aws:sns:us-east-?:1*2:fail*', ARN, true],
    ['ArnLike', 'arn:aws:SNS:*:*:failures', ARN, false],
    ['ArnLike', '*', ARN, false],
    ['ArnLike', 'arn:aws:sns:*:*:failures', 'failures', false],
    ['ArnLike', 'failures', 'failures', false],
    ['ArnNotLike', 'arn:aws:sns:*:*:fail*', ARN, false],
    ['ArnNotEquals', 'arn:aws:sqs:*:*:*', ARN, true],
    ['Bool', 'false', 'false', true],
    ['Bool', 'True', 'true', true],
    ['Bool', false, 'true', false],
    ['NumericEquals', '1', '1.0', true],
    ['NumericLessThan', 10, '9.5', true],
    ['NumericLessThan', '10', '9', true],
    ['NumericLessThan', '10', 'many', false],
    ['NumericLessThanEquals', ['-2', '10'], '10', true],
    ['NumericGreaterThan', '-3', '-2', true],
    ['NumericGreaterThanEquals', '10', '10', true],
    ['NumericNotEquals', '10', '10.0', false],
    ['DateEquals', '2026-01-01', '2026-01-01T01:00:00+01:00', true],
    ['DateGreaterThan', '2026-01-01T00:00:00Z', '2026-01-01T00:00:01Z', true],
    ['DateGreaterThanEquals', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z', true],
    ['DateLessThan', '2026-01-01T00:00:00Z', '1767225599', true],
    ['DateGreaterThan', '2026-01-01T00:00:00Z', '1767225601', true],
    ['DateLessThanEquals', '1767225600', '2026-01-01T00:00:01Z', false],
    ['DateNotEquals', '2026-01-01', '2026-01-01T00:00:00Z', false],
    ['IpAddress', '10.0.0.0/8', '10.1.2.3', true],
    ['IpAddress', '10.1.2.3', '10.1.2.4', false],
    ['IpAddress', '0.0.0.0/0', '10.1.2.4', true],
    ['IpAddress', ['192.168.0.1', '2001:db8::/32'], '2001:db8::1', true],
    ['NotIpAddress', '10.0.0.0/8', '10.1.2.3', false],
    ['NotIpAddress', ['10.0.0.0/8', '192.168.0.1'], '11.1.2.3', true],
    ['BinaryEquals', 'QmluYXJ5', 'QmluYXJ5', true],
    ['BinaryEquals', 'QmluYXJ5', 'qmluyxj5', false],
  ])('%s %j of a call with %s: %s', (operator, wanted, seen, expected) => {
    expect(holds({ [operator]: { 'k:Key': wanted } }, { 'K:key': seen })).toBe(expected);
  });

  it.each<[string, Wanted, boolean]>([
    ['StringEquals', 'x', false],
    ['StringLike', '*', false],
    ['ArnLike', 'arn:aws:sns:*:*:*', false],
    ['NumericLessThan', '1', false],
    ['Bool', 'false', false],
    ['IpAddress', '0.0.0.0/0', false],
    ['StringNotEquals', 'x', true],
    ['StringNotLike', '*', true],
    ['ArnNotEquals', 'arn:aws:sns:*:*:*', true],
    ['NumericNotEquals', '1', true],
    ['DateNotEquals', '2026-01-01', true],
    ['NotIpAddress', '0.0.0.0/0', true],
    ['StringEqualsIfExists', 'x', true],
    ['ArnLikeIfExists', 'arn:aws:sns:*:*:*', true],
    ['BoolIfExists', 'false', true],
    ['StringNotEqualsIfExists', 'x', true],
    ['ForAnyValue:StringEqualsIfExists', 'x', true],
    ['Null', 'true', true],
    ['Null', false, false],
    ['Null', ['true', 'false'], true],
  ])('%s %j of a call without the key: %s', (operator, wanted, expected) => {
    expect(holds({ [operator]: { 'k:Key': wanted } })).toBe(expected);
  });

  it('that says IfExists compares where the call has the key', () => {
    expect(holds({ StringEqualsIfExists: { 'k:Key': 'x' } }, { 'k:Key': 'y' })).toBe(false);
    expect(holds({ BoolIfExists: { 'k:Key': 'true' } }, { 'k:Key': 'true' })).toBe(true);
  });

  it('Null looks whether the call has the key', () => {
    expect(holds({ Null: { 'k:Key': true } }, { 'k:Key': ARN })).toBe(false);
    expect(holds({ Null: { 'k:Key': 'FALSE' } }, { 'k:Key': ARN })).toBe(true);
  });

  it('all of several must hold', () => {
    const condition = { StringEquals: { 'k:One': '1', 'k:Two': 'x' }, StringLike: { 'k:One': '*' } };
    expect(holds(condition, { 'k:One': '1', 'k:Two': 'x' })).toBe(true);
    expect(holds(condition, { 'k:One': '1', 'k:Two': 'y' })).toBe(false);
    expect(holds({ ...condition, StringLike: { 'k:One': '2*' } }, { 'k:One': '1', 'k:Two': 'x' })).toBe(false);
  });
});

describe('a variable in a value', () => {
  it.each<[string, Wanted, ContextValues, boolean]>([
    ['StringEquals', '${k:Own}', { 'k:Own': '1' }, true],
    ['StringEquals', '${k:Own}', { 'k:Own': '2' }, false],
    ['StringLike', '${k:Own}*', { 'k:Own': '' }, true],
    ['StringEquals', "${k:Own, '1'}", {}, true],
    ['ArnLike', 'arn:aws:sns:*:${k:Own}:*', { 'k:Own': '123456789012', 'k:Key': ARN }, true],
    ['Bool', '${k:Own}', { 'k:Own': 'true', 'k:Key': 'true' }, true],
    // What has no value is equal and like to nothing.
    ['StringEquals', ['${k:Own}', '2'], {}, false],
    ['StringNotEquals', '${k:Own}', {}, true],
    ['StringNotLike', '*${k:Own}*', {}, true],
    ['StringNotEquals', ['${k:Own}', '1'], {}, false],
  ])(`%s %j of a call with %j: %s (${VARIABLES})`, (operator, wanted, context, expected) => {
    expect(holds({ [operator]: { 'k:Key': wanted } }, { 'k:Key': '1', ...context })).toBe(expected);
  });
});
