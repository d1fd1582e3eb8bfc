import fc from 'fast-check';
import { plainlyAllowed, PlainStatement } from './plain-reading';
import { calls, policies } from './policies-at-random';
import { decide, PolicyDocument, readPolicy } from '../../src/permissions';

const policy = (statements: readonly PlainStatement[]) => readPolicy('p', { Version: '2012-10-17', Statement: statements } as unknown as PolicyDocument);

it('a decision is that of a plain reading of the same policies', () => {
  const seen = { true: 0, false: 0 };
  fc.assert(fc.property(calls, policies, (call, all) => {
    // What calls in its own name has no policies of its own.
    const { identity, boundary, resource, isKey } = call.service === undefined ? all : { ...all, identity: [], boundary: undefined };
    const expected = plainlyAllowed(call, { identity, boundary, resource, isKey });
    seen[String(expected) as 'true' | 'false']++;
    const decided = decide({
      principal: { arn: call.role, sessionArn: call.session, account: call.account, service: call.service },
      action: call.action,
      resource: call.resource,
      context: call.context,
    }, { identity: policy(identity), boundary: boundary && policy(boundary), resource: policy(resource), resourceDecides: isKey });
    expect(decided.allowed).toBe(expected);
  }), { numRuns: 6_000, seed: 1 });
  // Neither answer is rare.
  expect(Math.min(seen.true, seen.false)).toBeGreaterThan(400);
});
