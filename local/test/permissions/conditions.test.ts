import { ContextValues, decide, readPolicy } from '../../src/permissions';

/** Whether a statement with this condition applies to a call with this context. */
function holds(Condition: object, context: ContextValues = {}): boolean {
  const identity = readPolicy('test', { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*', Condition } });
  return decide({ principal: { arn: 'arn:aws:iam::1:role/x' }, action: 'a:B', resource: '*', context }, { identity }).allowed;
}

const ARN = 'arn:aws:sns:us-east-1:123456789012:failures';

describe('a condition', () => {
  it.each<[string, string, string | string[] | boolean | number, string, boolean]>([
    ['StringEquals', 'aws:SourceAccount', ['1', '2'], '2', true],
    ['StringEquals', 'aws:sourceaccount', '2', '2', true],
    ['StringEquals', 'aws:SourceAccount', '2*', '22', false],
    ['StringNotEquals', 'aws:SourceAccount', ['1', '2'], '2', false],
    ['StringNotEquals', 'aws:SourceAccount', ['1', '2'], '3', true],
    ['StringEqualsIgnoreCase', 'aws:SourceAccount', 'AbC', 'aBc', true],
    ['StringNotEqualsIgnoreCase', 'aws:SourceAccount', 'AbC', 'aBc', false],
    ['StringLike', 'aws:SourceAccount', 'a*c?', 'abbcd', true],
    ['StringLike', 'aws:SourceAccount', 'a*c?', 'abbc', false],
    ['StringLike', 'aws:SourceAccount', 'a${*}', 'a*', true],
    ['StringLike', 'aws:SourceAccount', 'a${*}', 'ab', false],
    ['StringNotLike', 'aws:SourceAccount', 'a*', 'ab', false],
    ['ArnEquals', 'aws:SourceArn', 'arn:aws:sns:*:*:failures', ARN, true],
    ['ArnLike', 'aws:SourceArn', 'arn:aws:sns:*:failures', ARN, false],
    ['ArnLike', 'aws:SourceArn', 'arn:aws:sns:us-east-1:123456789012:*', `${ARN}:x`, true],
    ['ArnNotLike', 'aws:SourceArn', 'arn:aws:sns:*:*:fail*', ARN, false],
    ['Bool', 'aws:SecureTransport', 'false', 'false', true],
    ['Bool', 'aws:SecureTransport', false, 'true', false],
    ['NumericLessThan', 's3:max-keys', 10, '9.5', true],
    ['NumericLessThan', 's3:max-keys', '10', 'many', false],
    ['NumericGreaterThanEquals', 's3:max-keys', '10', '10', true],
    ['NumericNotEquals', 's3:max-keys', '10', '10.0', false],
    ['DateGreaterThan', 'aws:CurrentTime', '2026-01-01T00:00:00Z', '2026-01-01T00:00:01Z', true],
    ['DateLessThan', 'aws:EpochTime', '2026-01-01T00:00:00Z', '1767225599', true],
    ['IpAddress', 'aws:SourceIp', '10.0.0.0/8', '10.1.2.3', true],
    ['IpAddress', 'aws:SourceIp', ['192.168.0.1', '2001:db8::/32'], '2001:db8::1', true],
    ['NotIpAddress', 'aws:SourceIp', '10.0.0.0/8', '10.1.2.3', false],
    ['BinaryEquals', 'kms:x', 'QmluYXJ5', 'QmluYXJ5', true],
  ])('%s of %s with %j, of a call with %s: %s', (operator, key, wanted, seen, expected) => {
    const [name] = key.startsWith('aws:source') ? ['aws:SourceAccount'] : [key];
    expect(holds({ [operator]: { [key]: wanted } }, { [name]: seen })).toBe(expected);
  });

  it('about a key that the call does not have fails, unless it is negated or says IfExists', () => {
    expect(holds({ StringEquals: { 'aws:SourceArn': 'x' } })).toBe(false);
    expect(holds({ StringNotEquals: { 'aws:SourceArn': 'x' } })).toBe(true);
    expect(holds({ ArnLikeIfExists: { 'aws:SourceArn': 'x' } })).toBe(true);
    expect(holds({ NumericLessThan: { 's3:max-keys': '1' } })).toBe(false);
  });

  it('Null looks whether the call has the key', () => {
    expect(holds({ Null: { 'aws:SourceArn': 'true' } })).toBe(true);
    expect(holds({ Null: { 'aws:SourceArn': true } }, { 'aws:SourceArn': ARN })).toBe(false);
    expect(holds({ Null: { 'aws:SourceArn': 'false' } }, { 'aws:SourceArn': ARN })).toBe(true);
    expect(holds({ Null: { 'aws:TagKeys': 'true' } }, { 'aws:TagKeys': [] })).toBe(true);
  });

  it('all of several must hold', () => {
    const condition = { StringEquals: { 'aws:SourceAccount': '1', 'aws:PrincipalType': 'x' } };
    expect(holds(condition, { 'aws:SourceAccount': '1', 'aws:PrincipalType': 'x' })).toBe(true);
    expect(holds(condition, { 'aws:SourceAccount': '1', 'aws:PrincipalType': 'y' })).toBe(false);
  });
});

describe('a set operator', () => {
  const all = { 'ForAllValues:StringLike': { 'aws:TagKeys': ['order*', 'team'] } };
  const any = { 'ForAnyValue:StringEquals': { 'aws:TagKeys': ['order', 'team'] } };

  it('ForAllValues wants each value to match, and holds where there are none', () => {
    expect(holds(all, { 'aws:TagKeys': ['orders', 'team'] })).toBe(true);
    expect(holds(all, { 'aws:TagKeys': ['orders', 'cost'] })).toBe(false);
    expect(holds(all, { 'aws:TagKeys': [] })).toBe(true);
    expect(holds(all)).toBe(true);
  });

  it('ForAnyValue wants one value to match, and fails where there are none', () => {
    expect(holds(any, { 'aws:TagKeys': ['cost', 'team'] })).toBe(true);
    expect(holds(any, { 'aws:TagKeys': ['cost'] })).toBe(false);
    expect(holds(any)).toBe(false);
  });

  it('with a negated operator looks for values that match none of those listed', () => {
    expect(holds({ 'ForAnyValue:StringNotEquals': { 'aws:TagKeys': ['order', 'team'] } }, { 'aws:TagKeys': ['order', 'cost'] })).toBe(true);
    expect(holds({ 'ForAllValues:StringNotEquals': { 'aws:TagKeys': ['order', 'team'] } }, { 'aws:TagKeys': ['order', 'cost'] })).toBe(false);
  });
});

describe('a variable', () => {
  const resource = (Resource: string, context: ContextValues, Version = '2012-10-17') => decide(
    { principal: { arn: 'arn:aws:iam::1:role/x' }, action: 'a:B', resource: 'arn:aws:s3:::shop/ann*', context },
    { identity: readPolicy('test', { Version, Statement: [{ Effect: 'Allow', Action: '*', Resource }] }) },
  ).allowed;

  it('stands for a value of the call, whose stars are no wildcards', () => {
    expect(resource('arn:aws:s3:::shop/${aws:username}', { 'aws:username': 'ann*' })).toBe(true);
    expect(resource('arn:aws:s3:::shop/${aws:username}', { 'aws:username': '*' })).toBe(false);
    expect(resource('arn:aws:s3:::shop/${aws:username}*', { 'aws:username': 'ann' })).toBe(true);
  });

  it('that the call does not have makes nothing match, unless it has a default', () => {
    expect(resource('arn:aws:s3:::shop/${aws:username}', {})).toBe(false);
    expect(resource("arn:aws:s3:::shop/${aws:username, 'ann*'}", {})).toBe(true);
  });

  it('is plain text in a policy of the older version', () => {
    expect(resource('arn:aws:s3:::shop/${aws:username}', { 'aws:username': 'ann*' }, '2008-10-17')).toBe(false);
  });

  it('compares values of conditions too', () => {
    expect(holds({ StringEquals: { 'aws:SourceAccount': '${aws:PrincipalAccount}' } }, { 'aws:SourceAccount': '1', 'aws:PrincipalAccount': '1' })).toBe(true);
    expect(holds({ StringEquals: { 'aws:SourceAccount': '${aws:PrincipalAccount}' } }, { 'aws:SourceAccount': '1', 'aws:PrincipalAccount': '2' })).toBe(false);
  });
});
