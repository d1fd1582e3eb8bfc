import { decide, Policies, PolicyDocument, Principal, readPolicy } from '../../src/permissions';

const ACCOUNT = '123456789012';
const ROLE = `arn:aws:iam::${ACCOUNT}:role/reserve`;
const TABLE = `arn:aws:dynamodb:us-east-1:${ACCOUNT}:table/Orders`;
const role: Principal = { arn: ROLE, sessionArn: `arn:aws:sts::${ACCOUNT}:assumed-role/reserve/session`, account: ACCOUNT };
const sns: Principal = { service: 'sns.amazonaws.com' };

type StatementDocument = Record<string, unknown>;

function policy(...statements: StatementDocument[]): PolicyDocument {
  return { Version: '2012-10-17', Statement: statements };
}

const statements = (...documents: StatementDocument[]) => readPolicy('test', policy(...documents));
const allow = (more: StatementDocument = {}) => ({ Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: TABLE, ...more });
const deny = (more: StatementDocument = {}) => ({ ...allow(more), Effect: 'Deny' });

function get(policies: Partial<Policies>, principal = role) {
  return decide({ principal, action: 'dynamodb:GetItem', resource: TABLE }, { identity: [], ...policies });
}

describe('a call', () => {
  it('is denied where no policy allows it', () => {
    expect(get({})).toEqual({ allowed: false, denials: [], missing: 'identity' });
  });

  it('is allowed by a policy of its role, which is named', () => {
    const decision = get({ identity: statements(allow({ Sid: 'Read' })) });
    expect(decision.allowed && decision.by.map(({ place }) => place)).toEqual(['test, statement Read']);
  });

  it('names every statement that allows it', () => {
    const decision = get({ identity: statements(allow(), allow({ Action: '*' }), allow({ Action: 'sqs:*' })) });
    expect(decision.allowed && decision.by.map(({ place }) => place)).toEqual(['test, statement 1', 'test, statement 2']);
  });

  it('is denied by one statement, whatever others allow', () => {
    const decision = get({ identity: statements(allow(), deny({ Action: 'dynamodb:*', Sid: 'Never' })) });
    expect(!decision.allowed && decision.denials.map(({ place }) => place)).toEqual(['test, statement Never']);
  });

  it('is allowed by the policy of the resource alone', () => {
    expect(get({ resource: statements(allow({ Principal: { AWS: ROLE } })) }).allowed).toBe(true);
    expect(get({ resource: statements(allow({ Principal: '*' })) }).allowed).toBe(true);
    expect(get({ resource: statements(allow({ Principal: { AWS: role.sessionArn } })) }).allowed).toBe(true);
  });

  it('is not allowed by a policy of the resource that names the account, but is denied by one', () => {
    const account = { Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` } };
    expect(get({ resource: statements(allow(account)) })).toMatchObject({ allowed: false, missing: 'identity' });
    expect(get({ identity: statements(allow()), resource: statements(deny(account)) }).allowed).toBe(false);
  });

  it('of a service needs a policy of the resource that names the service', () => {
    expect(get({ resource: statements(allow({ Principal: { Service: 'sns.amazonaws.com' } })) }, sns).allowed).toBe(true);
    expect(get({ resource: statements(allow({ Principal: { Service: 'events.amazonaws.com' } })) }, sns)).toEqual({
      allowed: false, denials: [], missing: 'resource',
    });
  });

  it('that leaves the permissions boundary is denied, unless the resource names the session', () => {
    const boundary = statements(allow({ Action: 'sqs:*' }));
    expect(get({ boundary, identity: statements(allow()) })).toMatchObject({ allowed: false, missing: 'boundary' });
    expect(get({ boundary, resource: statements(allow({ Principal: { AWS: ROLE } })) }).allowed).toBe(false);
    expect(get({ boundary, resource: statements(allow({ Principal: { AWS: role.sessionArn } })) }).allowed).toBe(true);
  });
});

describe('a resource that decides alone, as a key does', () => {
  const resourceDecides = true;

  it('denies what the role may, as long as its policy leaves nothing to the account', () => {
    expect(get({ resourceDecides, identity: statements(allow()), resource: [] })).toMatchObject({ allowed: false, missing: 'resource' });
  });

  it('leaves it to the role where its policy names the account, for the actions it names', () => {
    const identity = statements(allow());
    const left = (Action: string) => statements(allow({ Action, Principal: { AWS: ACCOUNT } }));
    expect(get({ resourceDecides, identity, resource: left('dynamodb:*') }).allowed).toBe(true);
    expect(get({ resourceDecides, identity, resource: left('dynamodb:Put*') }).allowed).toBe(false);
  });

  it('allows the role that its policy names', () => {
    expect(get({ resourceDecides, resource: statements(allow({ Principal: { AWS: ROLE } })) }).allowed).toBe(true);
  });
});

describe.each<[string, StatementDocument, string, string, boolean]>([
  ['an action in another case', { Action: 'DYNAMODB:getitem' }, 'dynamodb:GetItem', TABLE, true],
  ['a star in an action', { Action: 'dynamodb:*Item' }, 'dynamodb:BatchGetItem', TABLE, true],
  ['a question mark, which is one character', { Action: 'dynamodb:?etItem' }, 'dynamodb:BatchGetItem', TABLE, false],
  ['an action of another service', { Action: 'dynamodb:*' }, 'sqs:SendMessage', TABLE, false],
  ['NotAction of another action', { Action: undefined, NotAction: 'dynamodb:Put*' }, 'dynamodb:GetItem', TABLE, true],
  ['NotAction of the action', { Action: undefined, NotAction: ['dynamodb:Get*'] }, 'dynamodb:GetItem', TABLE, false],
  ['NotResource of another table', { Resource: undefined, NotResource: `${TABLE}2` }, 'dynamodb:GetItem', TABLE, true],
  ['NotResource of the table', { Resource: undefined, NotResource: [TABLE] }, 'dynamodb:GetItem', TABLE, false],
  ['an index of the table', {}, 'dynamodb:GetItem', `${TABLE}/index/open`, false],
  ['a star after the table', { Resource: [TABLE, `${TABLE}/index/*`] }, 'dynamodb:GetItem', `${TABLE}/index/open`, true],
  ['a resource in another case', { Resource: TABLE.toUpperCase() }, 'dynamodb:GetItem', TABLE, false],
  ['a star within a segment, which does not pass a colon', { Resource: 'arn:aws:dynamodb:us-*1:table/Orders' }, 'dynamodb:GetItem', TABLE, false],
  ['a star at the end of a segment, which passes colons', { Resource: 'arn:aws:dynamodb:*:table/Orders' }, 'dynamodb:GetItem', TABLE, true],
])('%s', (_, statement, action, resource, expected) => {
  it(`is ${expected ? 'allowed' : 'denied'}`, () => {
    const given = Object.fromEntries(Object.entries(allow({ Action: 'dynamodb:*', ...statement })).filter(([, value]) => value !== undefined));
    expect(decide({ principal: role, action, resource }, { identity: statements(given) }).allowed).toBe(expected);
  });
});

describe('a policy that cannot be read', () => {
  it.each<[string, StatementDocument, string]>([
    ['an unknown element', { Actions: 'x' }, 'test, statement 1: the element Actions is not known'],
    ['NotPrincipal', { NotPrincipal: '*' }, 'test, statement 1: the element NotPrincipal is not known'],
    ['an unknown operator', { Condition: { StringEqual: { 'aws:x': 'y' } } }, 'test, statement 1: the condition operator StringEqual is not known'],
    ['an effect in small letters', { Effect: 'allow' }, 'test, statement 1: Effect is "allow" and has to be Allow or Deny'],
    ['both Action and NotAction', { NotAction: 'x' }, 'test, statement 1: Action and NotAction exclude each other'],
    ['federated principals', { Principal: { Federated: 'x' } }, 'test, statement 1: principals of the kind Federated are not known'],
  ])('says so: %s', (_, more, message) => {
    expect(() => statements(allow(more))).toThrow(message);
  });
});
