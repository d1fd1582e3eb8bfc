import fc from 'fast-check';
import { plainlyAllowed, PlainCall, PlainStatement } from './plain-reading';
import { decide, PolicyDocument, readPolicy } from '../../src/permissions';

const ACCOUNT = '123456789012';
const ROLE = `arn:aws:iam::${ACCOUNT}:role/r`;

const action = fc.constantFrom('a:Get', 'a:Put', 'b:Get', 'b:GetAll');
const actionPattern = fc.constantFrom('a:Get', 'A:get', 'a:*', '*', 'b:Get*', '*:?et', 'b:????ll', 'c:Get');
const resource = fc.constantFrom('arn:aws:a:x:1:t/o', 'arn:aws:a:x:1:t/o/i', 'arn:aws:a:y:1:t:o', 'arn:aws:b:x:1:o', '*');
const resourcePattern = fc.constantFrom(
  '*', 'arn:aws:a:x:1:t/o', 'arn:aws:a:*:t/o', 'arn:aws:a:*', 'arn:aws:a:x*1:t/o', 'arn:aws:a:*:*:t?o', 'arn:aws:?:x:1:*', 'arn:aws:b:*o', 'arn:aws:a:y:1:t*o',
);
const principal = fc.constantFrom<PlainStatement['Principal'][]>(
  '*', { AWS: ['*'] }, { AWS: [ROLE] }, { AWS: [ACCOUNT] }, { AWS: [`arn:aws:iam::${ACCOUNT}:root`] }, { AWS: ['arn:aws:iam::999999999999:root'] },
  { Service: ['sns.amazonaws.com'] }, { AWS: ['arn:aws:iam::123456789012:role/other'], Service: ['sqs.amazonaws.com'] },
);
const value = fc.constantFrom('1', '2', '10', 'x', 'xy', 'true', 'false');
const valuePattern = fc.constantFrom('1', '2', '10', 'x', 'x*', '?', 'true', 'false');
const operator = fc.constantFrom(
  'StringEquals', 'StringNotEquals', 'StringLike', 'StringNotLike', 'NumericLessThan', 'NumericEquals', 'NumericNotEquals', 'Bool', 'Null',
  'StringEqualsIfExists', 'StringNotLikeIfExists', 'NumericLessThanIfExists',
  'ForAllValues:StringLike', 'ForAnyValue:StringEquals', 'ForAllValues:StringNotEquals', 'ForAnyValue:StringNotLike', 'ForAnyValue:StringLikeIfExists',
);
const key = fc.constantFrom('k:one', 'k:two');
const listed = fc.array(valuePattern, { minLength: 1, maxLength: 2 });
const condition = fc.dictionary(operator, fc.dictionary(key, listed, { minKeys: 1, maxKeys: 2 }), { maxKeys: 2 });

const some = <T>(one: fc.Arbitrary<T>) => fc.array(one, { minLength: 1, maxLength: 2 });
const statement = (named: boolean) => fc.record({
  effect: fc.constantFrom<PlainStatement['Effect'][]>('Allow', 'Allow', 'Deny'),
  actions: fc.tuple(fc.constantFrom('Action', 'Action', 'NotAction'), some(actionPattern)),
  resources: fc.tuple(fc.constantFrom('Resource', 'Resource', 'NotResource'), some(resourcePattern)),
  principal,
  conditions: fc.oneof(fc.constant({}), condition),
}).map(({ effect, actions: [actionElement, actions], resources: [resourceElement, resources], principal: Principal, conditions }) => ({
  Effect: effect,
  [actionElement]: actions,
  [resourceElement]: resources,
  Condition: conditions,
  ...(named && { Principal }),
}) as unknown as PlainStatement);

const call = fc.record({
  who: fc.constantFrom({ role: ROLE, account: ACCOUNT }, { service: 'sns.amazonaws.com' }),
  action,
  resource,
  context: fc.dictionary(key, fc.oneof(value, fc.array(value, { maxLength: 2 }))),
}).map(({ who, ...rest }): PlainCall => ({ ...who, ...rest }));

const policy = (statements: readonly PlainStatement[]) => readPolicy('p', { Version: '2012-10-17', Statement: statements } as unknown as PolicyDocument);

it('a decision is that of a plain reading of the same policies', () => {
  const seen = { true: 0, false: 0 };
  fc.assert(fc.property(
    call, fc.array(statement(false), { maxLength: 3 }), fc.array(statement(true), { maxLength: 3 }), fc.boolean(),
    (asked, identity, ofResource, isKey) => {
      const own = asked.service === undefined ? identity : [];
      const expected = plainlyAllowed(asked, own, ofResource, isKey);
      seen[String(expected) as 'true' | 'false']++;
      const decided = decide({
        principal: { arn: asked.role, account: asked.account, service: asked.service },
        action: asked.action,
        resource: asked.resource,
        context: asked.context,
      }, { identity: policy(own), resource: policy(ofResource), resourceDecides: isKey });
      expect(decided.allowed).toBe(expected);
    },
  ), { numRuns: 4_000, seed: 1 });
  // Neither answer is rare.
  expect(Math.min(seen.true, seen.false)).toBeGreaterThan(200);
});
