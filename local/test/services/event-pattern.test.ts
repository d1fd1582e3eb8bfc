import { JsonObject } from '../../src/json';
import { compilePattern } from '../../src/services/patterns/event-pattern';

const event: JsonObject = {
  source: 'orders',
  detail: { status: 'PAID', total: 150, tags: ['new', 'large'], lines: [{ sku: 'a' }, { sku: 'b' }], note: null },
};

test.each<[boolean, JsonObject]>([
  [true, { source: ['orders'] }],
  [false, { source: ['other'] }],
  [true, { detail: { status: ['OPEN', 'PAID'], total: [150] } }],
  [false, { detail: { total: ['150'] } }],
  [true, { detail: { tags: ['large'] } }],
  [true, { detail: { lines: { sku: ['b'] } } }],
  [true, { detail: { note: [null] } }],
  [true, { detail: { status: [{ prefix: 'PA' }] } }],
  [true, { detail: { status: [{ prefix: { 'equals-ignore-case': 'pa' } }] } }],
  [true, { detail: { status: [{ suffix: 'ID' }] } }],
  [true, { detail: { status: [{ 'equals-ignore-case': 'paid' }] } }],
  [true, { detail: { status: [{ wildcard: 'P*D' }] } }],
  [false, { detail: { status: [{ wildcard: 'P*X' }] } }],
  [true, { detail: { total: [{ numeric: ['>', 100, '<=', 150] }] } }],
  [false, { detail: { total: [{ numeric: ['>', 150] }] } }],
  [true, { detail: { status: [{ 'anything-but': 'OPEN' }] } }],
  [false, { detail: { status: [{ 'anything-but': ['OPEN', 'PAID'] }] } }],
  [false, { detail: { status: [{ 'anything-but': { prefix: ['X', 'PA'] } }] } }],
  [false, { detail: { missing: [{ 'anything-but': 'x' }] } }],
  [true, { detail: { missing: [{ exists: false }], status: [{ exists: true }] } }],
  [true, { none: { below: [{ exists: false }] } }],
  [true, { $or: [{ source: ['other'] }, { detail: { status: ['PAID'] } }] }],
  [false, { detail: { $or: [{ status: ['OPEN'] }, { total: [1] }] } }],
])('%s for %j', (expected, pattern) => {
  expect(compilePattern(pattern)(event)).toBe(expected);
});

test.each<[JsonObject, string]>([
  [{ source: [{ cidr: '10.0.0.0/8' }] }, '{"cidr":"10.0.0.0/8"} is no pattern known here; known operators: prefix,'],
  [{ source: 'orders' }, 'the pattern\'s source must be a list or an object, not "orders"'],
  [{ total: [{ numeric: ['~', 5] }] }, '["~",5] is no numeric pattern'],
  [{ $or: 5 }, '$or wants a list of patterns, not 5'],
])('%j is refused', (pattern, message) => {
  expect(() => compilePattern(pattern)).toThrow(message);
});
