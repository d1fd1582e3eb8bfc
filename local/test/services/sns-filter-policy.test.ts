import { JsonObject } from '../../src/json';
import { compileFilterPolicy } from '../../src/services/sns/filter-policy';
import { Notification } from '../../src/services/sns/notification';

function notification(message: string, attributes: JsonObject = {}): Notification {
  return { id: 'id', topicArn: 'topic', message, attributes, publishedAt: 0 };
}

const onBody = (policy: JsonObject, body: unknown) => compileFilterPolicy(policy, 'MessageBody')(notification(JSON.stringify(body)));
const onAttributes = (policy: JsonObject, attributes: JsonObject) => compileFilterPolicy(policy, 'MessageAttributes')(notification('text', attributes));

const text = (StringValue: string) => ({ DataType: 'String', StringValue });
const number = (StringValue: string) => ({ DataType: 'Number', StringValue });
const array = (values: unknown[]) => ({ DataType: 'String.Array', StringValue: JSON.stringify(values) });
const binary = { DataType: 'Binary', BinaryValue: 'eA==' };

// https://docs.aws.amazon.com/sns/latest/dg/string-value-matching.html, numeric-value-matching.html and attribute-key-matching.html
test.each<[boolean, string, JsonObject, JsonObject]>([
  [true, 'a text', { store: ['a'] }, { store: text('a') }],
  [false, 'a number in a text', { price: [{ numeric: ['=', 5] }] }, { price: text('5') }],
  [true, 'a number', { price: [{ numeric: ['>', 0, '<=', 100] }] }, { price: number('99.5') }],
  [true, 'one value of an array', { interests: ['rugby'] }, { interests: array(['soccer', 'rugby']) }],
  [true, 'a value of an array that is not excluded', { interests: [{ 'anything-but': ['rugby'] }] }, { interests: array(['rugby', 'soccer']) }],
  [false, 'an array of excluded values', { interests: [{ 'anything-but': ['rugby'] }] }, { interests: array(['rugby']) }],
  [true, 'an attribute that is there', { store: [{ exists: true }] }, { store: number('99') }],
  [true, 'an attribute that is not there', { store: [{ exists: false }] }, { other: number('99') }],
  [false, 'no attribute at all', { store: [{ exists: false }] }, {}],
  [true, 'one way of $or', { $or: [{ store: ['a'] }, { kind: ['b'] }] }, { kind: text('b') }],
  [false, 'a binary attribute, which no policy sees', { image: [{ exists: true }] }, { image: binary, kind: text('b') }],
])('%s for %s', (expected, _, policy, attributes) => {
  expect(onAttributes(policy, attributes)).toBe(expected);
});

// https://aws.amazon.com/blogs/compute/introducing-payload-based-message-filtering-for-amazon-sns/
const RECORDS = { Records: { s3: { object: { key: [{ prefix: 'auto-' }] } }, eventName: [{ prefix: 'ObjectCreated:' }] } };

test.each<[boolean, string, JsonObject, unknown]>([
  [true, 'an element of a list of lists', RECORDS, { Records: [{ eventName: 'ObjectCreated:Put', s3: { object: [[{ key: 'auto-1.xml' }]] } }, { eventName: 'ObjectRemoved:Delete', s3: { object: { key: 'home-1.xml' } } }] }],
  [false, 'fields of two elements', RECORDS, { Records: [{ eventName: 'ObjectCreated:Put', s3: { object: { key: 'home-1.xml' } } }, { eventName: 'ObjectRemoved:Delete', s3: { object: { key: 'auto-1.xml' } } }] }],
  [true, 'a path with a dot', { 'object.nested': ['x'] }, { object: { nested: 'x' } }],
  [true, 'a field that is not there', { test: [{ exists: false }] }, {}],
  [true, 'an empty text', { detail: { eventVersion: [''] } }, { resources: [], detail: { eventVersion: '', responseElements: null } }],
  [false, 'a text as the whole body', { test: [{ exists: false }] }, 'Regular string message'],
])('%s for a body with %s', (expected, _, policy, body) => {
  expect(onBody(policy, body)).toBe(expected);
});

test('a body that is not JSON matches no policy, and an empty policy wants everything', () => {
  expect(compileFilterPolicy({ a: [{ exists: false }] }, 'MessageBody')(notification('no JSON'))).toBe(false);
  expect(compileFilterPolicy({}, 'MessageAttributes')(notification('no JSON'))).toBe(true);
});

const values = (count: number) => Array.from({ length: count }, (_, index) => `value${index}`);

// https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html; the cases and messages are those that
// https://github.com/localstack/localstack/blob/main/tests/aws/services/sns/test_sns_filter_policy.py recorded on AWS.
test.each<['MessageAttributes' | 'MessageBody', JsonObject, string]>([
  ['MessageAttributes', { key: { nested: ['x'] } }, 'Invalid parameter: Attributes Reason: Filter policy scope MessageAttributes does not support nested filter policy'],
  ['MessageAttributes', { $or: [{ a: { b: ['x'] } }, { c: ['y'] }] }, 'Invalid parameter: Attributes Reason: Filter policy scope MessageAttributes does not support nested filter policy'],
  ['MessageAttributes', { key: [] }, 'Invalid parameter: Attributes Reason: FilterPolicy: Empty arrays are not allowed'],
  ['MessageAttributes', { a: ['x'], b: ['x'], c: ['x'], d: ['x'], e: ['x'], f: ['x'] }, 'Invalid parameter: Attributes Reason: FilterPolicy: Filter policy can not have more than 5 keys'],
  ['MessageAttributes', { key: values(151) }, 'Invalid parameter: Attributes Reason: FilterPolicy: Filter policy is too complex'],
  ['MessageAttributes', { a: values(100), b: values(51) }, 'Invalid parameter: Attributes Reason: FilterPolicy: Filter policy is too complex'],
  ['MessageBody', { a: { b: { c: values(4) } }, d: { e: values(3) }, f: values(3) }, 'Invalid parameter: Attributes Reason: FilterPolicy: Filter policy is too complex'],
  // (4 x 6) + (4 x 4 x 4) + (4 x 4 x 4) = 152
  ['MessageAttributes', { source: values(4), $or: [{ name: values(6) }, { type: values(4), $or: [{ one: values(4) }, { other: values(4) }] }] }, 'Invalid parameter: Attributes Reason: FilterPolicy: Filter policy is too complex'],
])('a policy on %s that SNS refuses is refused: %2$j', (scope, policy, message) => {
  expect(() => compileFilterPolicy(policy, scope)).toThrow(message);
});

test('a policy at the limit of combinations is accepted', () => {
  expect(() => compileFilterPolicy({ a: values(50), b: values(3) }, 'MessageAttributes')).not.toThrow();
  expect(() => compileFilterPolicy({ a: { b: values(75) } }, 'MessageBody')).not.toThrow();
});
