import { ACCOUNT, allow, deny, get, ROLE, ROOT, SESSION, sns, statements } from './statements';

describe('a call', () => {
  it('is denied where no policy allows it', () => {
    expect(get({})).toEqual({ allowed: false, denials: [], by: 'identity' });
  });

  it('is allowed by a policy of its role, which is named', () => {
    const decision = get({ identity: statements(allow({ Sid: 'Read' })) });
    expect(decision.allowed && decision.by.map(({ place }) => place)).toEqual(['test, statement Read']);
  });

  it('names every statement that allows it', () => {
    const decision = get({ identity: statements(allow(), allow({ Action: '*' }), allow({ Action: 'sqs:*' })) });
    expect(decision.allowed && decision.by.map(({ place }) => place)).toEqual(['test, statement 1', 'test, statement 2']);
  });

  it('is allowed by the union of several policies, none of which allows all that is done', () => {
    const identity = [...statements(allow({ Action: 'dynamodb:Put*' })), ...statements(allow({ Action: 'dynamodb:Get*' }))];
    expect(get({ identity }).allowed).toBe(true);
  });

  it('is not allowed by two statements that allow one half of it each', () => {
    const identity = [...statements(allow({ Resource: `${ROLE}2` })), ...statements(allow({ Action: 'dynamodb:Query' }))];
    expect(get({ identity }).allowed).toBe(false);
  });

  it('is denied by one statement, whatever others allow', () => {
    const decision = get({ identity: statements(allow(), deny({ Action: 'dynamodb:*', Sid: 'Never' })) });
    expect(!decision.allowed && decision.denials.map(({ place }) => place)).toEqual(['test, statement Never']);
  });

  it('is denied by a statement of another policy, of the boundary or of the resource', () => {
    const identity = statements(allow());
    expect(get({ identity: [...identity, ...statements(deny())] }).allowed).toBe(false);
    expect(get({ identity, boundary: statements(allow(), deny()) }).allowed).toBe(false);
    expect(get({ identity, resource: statements(deny({ Principal: '*' })) }).allowed).toBe(false);
  });

  it('of a service is not judged by what identities may', () => {
    expect(get({ resource: statements(allow({ Principal: { Service: 'sns.amazonaws.com' } })) }, sns).allowed).toBe(true);
    expect(get({ resource: statements(allow({ Principal: { Service: 'events.amazonaws.com' } })) }, sns)).toEqual({
      allowed: false, denials: [], by: 'resource',
    });
  });
});

// https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html#key-policy-default-allow-root-enable-iam
describe('a resource that decides alone, as a key does', () => {
  const resourceDecides = true;
  const identity = statements(allow());

  it('denies what the role may, as long as its policy leaves nothing to the account', () => {
    expect(get({ resourceDecides, identity, resource: [] })).toMatchObject({ allowed: false, by: 'resource' });
    expect(get({ resourceDecides, identity, resource: statements(allow({ Principal: { AWS: `${ROLE}2` } })) }).allowed).toBe(false);
  });

  it('leaves it to the role where its policy names the account, for the actions it names', () => {
    const left = (Action: string, AWS: string) => statements(allow({ Action, Principal: { AWS } }));
    expect(get({ resourceDecides, identity, resource: left('dynamodb:*', ACCOUNT) }).allowed).toBe(true);
    expect(get({ resourceDecides, identity, resource: left('dynamodb:*', ROOT) }).allowed).toBe(true);
    expect(get({ resourceDecides, identity, resource: left('dynamodb:Put*', ROOT) })).toMatchObject({ allowed: false, by: 'resource' });
    expect(get({ resourceDecides, identity, resource: left('dynamodb:*', 'arn:aws:iam::999999999999:root') }).allowed).toBe(false);
  });

  it('that leaves it to the account allows nothing by itself', () => {
    expect(get({ resourceDecides, resource: statements(allow({ Principal: { AWS: ROOT } })) })).toMatchObject({ allowed: false, by: 'identity' });
  });

  it('keeps to the conditions under which it leaves it to the account', () => {
    const resource = statements(allow({ Principal: { AWS: ROOT }, Condition: { StringEquals: { 'kms:ViaService': 'sqs.us-east-1.amazonaws.com' } } }));
    expect(get({ resourceDecides, identity, resource }).allowed).toBe(false);
    expect(get({ resourceDecides, identity, resource }, undefined, { 'kms:ViaService': 'sqs.us-east-1.amazonaws.com' }).allowed).toBe(true);
  });

  it.each([ROLE, SESSION, '*'])('allows the role that its policy names as %s', (AWS) => {
    expect(get({ resourceDecides, resource: statements(allow({ Principal: { AWS } })) }).allowed).toBe(true);
  });

  it('denies the role all that it would allow it, if one statement says so', () => {
    const resource = statements(allow({ Principal: { AWS: ROLE } }), deny({ Principal: { AWS: ROOT } }));
    expect(get({ resourceDecides, identity, resource })).toMatchObject({ allowed: false, by: 'resource' });
  });
});
