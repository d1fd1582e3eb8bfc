import { allow, deny, statements, StatementDocument, TABLE } from './statements';

describe('a policy that cannot be read says so', () => {
  it.each<[string, StatementDocument, string]>([
    ['an unknown element', allow({ Actions: 'x' }), 'the element Actions is not known'],
    ['an effect in small letters', { ...allow(), Effect: 'allow' }, 'Effect is "allow" and has to be Allow or Deny'],
    ['no action', allow({ Action: undefined }), 'Action or NotAction is missing'],
    ['an empty list of actions', allow({ Action: [] }), 'Action or NotAction lists nothing'],
    ['both Action and NotAction', allow({ NotAction: 'x' }), 'Action and NotAction exclude each other'],
    ['an action without a service', allow({ Action: 'GetItem' }), 'the action GetItem does not begin with the name of a service and a colon'],
    ['a wildcard in the service', allow({ Action: ['sqs:*', 's*:Get*'] }), 'the action s*:Get* does not begin with the name of a service and a colon'],
    ['no resource', allow({ Resource: undefined }), 'Resource or NotResource is missing'],
    ['both Resource and NotResource', allow({ NotResource: '*' }), 'Resource and NotResource exclude each other'],
    ['a resource by its name', allow({ Resource: 'Orders' }), 'the resource Orders is neither an ARN nor *'],
    ['a part of an ARN', allow({ Resource: 'arn:aws:dynamodb:us-east-1' }), 'the resource arn:aws:dynamodb:us-east-1 is neither an ARN nor *'],
    ['a variable for an account', allow({ Resource: TABLE.replace('123456789012', '${aws:PrincipalAccount}') }), 'has a variable before its fifth colon'],
    ['an unknown operator', allow({ Condition: { StringEqual: { 'aws:x': 'y' } } }), 'the condition operator StringEqual is not known'],
    ['a set operator before Null', allow({ Condition: { 'ForAnyValue:Null': { 'aws:x': 'true' } } }), 'the condition operator ForAnyValue:Null is not known'],
    ['a text as a number', deny({ Condition: { NumericLessThan: { 's3:max-keys': 'ten' } } }), 'NumericLessThan s3:max-keys compares with "ten", which is not a number'],
    ['a variable as a number', deny({ Condition: { NumericEquals: { 's3:max-keys': '${aws:x}' } } }), 'compares with "${aws:x}", which is not a number'],
    ['a date without a zone', deny({ Condition: { DateLessThan: { 'aws:CurrentTime': '2026-01-01T00:00:00' } } }), 'which is not a date of ISO 8601 or seconds since 1970'],
    ['a flag that is neither', deny({ Condition: { Bool: { 'aws:SecureTransport': ['true', 'no'] } } }), 'Bool aws:SecureTransport compares with "no", which is not true or false'],
    ['Null with another value', deny({ Condition: { Null: { 'aws:SourceArn': 'yes' } } }), 'Null aws:SourceArn compares with "yes", which is not true or false'],
    ['an address that is none', deny({ Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/40' } } }), 'compares with "10.0.0.0/40", which is not an IP address or a range of them'],
    ['binary data as text', deny({ Condition: { BinaryEquals: { 'kms:x': 'not base64' } } }), 'which is not base64'],
    ['a part of a principal', deny({ Principal: { AWS: 'arn:aws:iam::123456789012:role/*' } }), '"arn:aws:iam::123456789012:role/*" names no principal'],
    ['a principal by its name', deny({ Principal: { AWS: ['123456789012', 'reserve'] } }), '"reserve" names no principal'],
    ['every service', deny({ Principal: { Service: '*' } }), '"*" names no principal'],
    ['a canonical user', deny({ Principal: { CanonicalUser: 'x' } }), 'principals of the kind CanonicalUser are not known'],
    ['Principal and NotPrincipal', deny({ Principal: '*', NotPrincipal: '*' }), 'Principal and NotPrincipal exclude each other'],
    ['NotPrincipal that allows', allow({ NotPrincipal: { AWS: '123456789012' } }), 'NotPrincipal is not supported with Allow'],
  ])('%s', (_, statement, message) => {
    expect(() => statements(statement)).toThrow(/^test, statement 1: /);
    expect(() => statements(statement)).toThrow(message);
  });
});
