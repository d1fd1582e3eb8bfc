import fc from 'fast-check';
import { PlainCall, PlainPolicies, PlainPrincipal, PlainStatement } from './plain-reading';

const ACCOUNT = '123456789012';
const ROLE = `arn:aws:iam::${ACCOUNT}:role/path/r`;
const SESSION = `arn:aws:sts::${ACCOUNT}:assumed-role/r/s`;
const ROOT = `arn:aws:iam::${ACCOUNT}:root`;

const action = fc.constantFrom('a:Get', 'a:Put', 'b:Get', 'b:GetAll');
const actionPattern = fc.constantFrom('a:Get', 'A:get', 'a:*', '*', '*:*', 'b:Get*', 'a:?et', 'b:????ll', 'c:Get');
const resource = fc.constantFrom('arn:aws:a:x:1:t/o', 'arn:aws:a:x:1:t/o/i', 'arn:aws:a:y:1:t:o', 'arn:aws:b:x:1:o', 'arn:aws:b:x1:11:o', '*');
const resourcePattern = fc.constantFrom(
  '*', 'arn:aws:a:x:1:t/o', 'arn:aws:a:*:t/o', 'arn:aws:a:*', 'arn:aws:a:x*1:*:t/o', 'arn:aws:a:*:*:t?o', 'arn:aws:?:x:1:*', 'arn:aws:b:*o',
  'arn:aws:a:y:1:t*o', 'arn:aws:b:x?1:*', 'arn:aws:b:x?:1?:o',
);
const principal = fc.constantFrom<PlainPrincipal[]>(
  '*', { AWS: ['*'] }, { AWS: [ROLE] }, { AWS: [SESSION] }, { AWS: [ACCOUNT] }, { AWS: [ROOT] }, { AWS: [ROLE, ROOT] }, { AWS: [SESSION, ACCOUNT] },
  { AWS: ['arn:aws:iam::999999999999:root'] }, { Service: ['sns.amazonaws.com'] },
  { AWS: [`arn:aws:iam::${ACCOUNT}:role/other`], Service: ['sqs.amazonaws.com'] },
);

/** Keys by the kind of their values, the operators for them, what a policy lists and what a call sends. */
const KINDS = [
  {
    key: 'k:text',
    operators: ['StringEquals', 'StringNotEquals', 'StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase', 'StringLike', 'StringNotLike'],
    wanted: ['x', 'X', 'xy', 'x*', '?', '', '*y'],
    seen: ['x', 'xy', 'X', ''],
  },
  {
    key: 'k:number',
    operators: [
      'NumericEquals', 'NumericNotEquals', 'NumericLessThan', 'NumericLessThanEquals', 'NumericGreaterThan', 'NumericGreaterThanEquals',
    ],
    wanted: ['1', '1.0', '2', '-1', '10'],
    seen: ['1', '10', '2.0', '-1', 'many'],
  },
  {
    key: 'k:arn',
    operators: ['ArnLike', 'ArnEquals', 'ArnNotLike', 'ArnNotEquals'],
    wanted: ['arn:aws:a:*:1:t/*', 'arn:aws:a:x:1:t/o', 'arn:aws:a:*', 'arn:*:*:*:*:*', 'arn:aws:a:y:?:t:o'],
    seen: ['arn:aws:a:x:1:t/o', 'arn:aws:a:y:1:t:o', 'arn:aws:a', 'x'],
  },
  { key: 'k:flag', operators: ['Bool'], wanted: ['true', 'false'], seen: ['true', 'false', ''] },
  {
    key: 'k:date',
    operators: ['DateLessThan', 'DateEquals', 'DateNotEquals'],
    wanted: ['2026-01-01T00:00:00Z', '2026-01-01'],
    seen: ['2026-01-01T01:00:00+01:00', '2025-12-31T23:59:59Z', '2026-02-01T00:00:00Z'],
  },
  { key: 'k:ip', operators: ['IpAddress', 'NotIpAddress'], wanted: ['10.0.0.0/8', '10.1.2.3', '0.0.0.0/0'], seen: ['10.1.2.3', '10.1.2.4', '11.0.0.0', '::1'] },
];
const some = <T>(one: fc.Arbitrary<T>) => fc.array(one, { minLength: 1, maxLength: 2 });

const line = fc.constantFrom(...KINDS).chain(({ key, operators, wanted }) => fc.oneof(
  { weight: 1, arbitrary: fc.record({ key: fc.constant(key), operator: fc.constant('Null'), values: some(fc.constantFrom('true', 'false')) }) },
  {
    weight: 8,
    arbitrary: fc.record({
      key: fc.constant(key),
      operator: fc.tuple(fc.constantFrom('', '', 'ForAllValues:', 'ForAnyValue:'), fc.constantFrom(...operators), fc.constantFrom('', '', 'IfExists'))
        .map((parts) => parts.join('')),
      values: some(fc.constantFrom(...wanted)),
    }),
  },
));
const condition = fc.array(line, { maxLength: 2 }).map((lines) =>
  Object.fromEntries(lines.map(({ operator, key, values }) => [operator, { [key]: values }])));

const statement = (named: boolean): fc.Arbitrary<PlainStatement> => fc.record({
  effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
  actions: fc.tuple(fc.constantFrom('Action', 'Action', 'NotAction'), some(actionPattern)),
  resources: fc.tuple(fc.constantFrom('Resource', 'Resource', 'NotResource'), some(resourcePattern)),
  principals: fc.tuple(fc.constantFrom('Principal', 'NotPrincipal'), principal),
  conditions: fc.oneof(fc.constant({}), condition),
}).map(({ effect, actions: [actionElement, actions], resources: [resourceElement, resources], principals: [principalElement, who], conditions }) => ({
  Effect: effect,
  [actionElement]: actions,
  [resourceElement]: resources,
  Condition: conditions,
  ...(named && { [effect === 'Deny' ? principalElement : 'Principal']: who }),
}) as unknown as PlainStatement);

export const policies: fc.Arbitrary<PlainPolicies> = fc.record({
  identity: fc.array(statement(false), { maxLength: 3 }),
  boundary: fc.oneof(fc.constant(undefined), fc.array(statement(false), { minLength: 1, maxLength: 2 })),
  resource: fc.array(statement(true), { maxLength: 3 }),
  isKey: fc.boolean(),
});

const context = fc.record(Object.fromEntries(KINDS.map(({ key, seen }) =>
  [key, fc.oneof(fc.constantFrom(...seen), fc.array(fc.constantFrom(...seen), { maxLength: 2 }))])), { requiredKeys: [] });

export const calls: fc.Arbitrary<PlainCall> = fc.record({
  who: fc.constantFrom({ role: ROLE, session: SESSION, account: ACCOUNT }, { service: 'sns.amazonaws.com' }), action, resource, context,
}).map(({ who, ...rest }) => ({ ...who, ...rest }) as PlainCall);
