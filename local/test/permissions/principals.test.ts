import { ACCOUNT, allow, deny, get, ROLE, role, ROOT, SESSION, sns, statements } from './statements';
import { Principal as Caller } from '../../src/permissions';

/** Where most rows come from; the others name their page. */
const GUIDE = 'https://docs.aws.amazon.com/IAM/latest/UserGuide';
const LOGIC = `${GUIDE}/reference_policies_evaluation-logic_policy-eval-denyallow.html`;
const PRINCIPAL = `${GUIDE}/reference_policies_elements_principal.html`;
const NOT_PRINCIPAL = `${GUIDE}/reference_policies_elements_notprincipal.html`;

const OTHER = 'arn:aws:iam::123456789012:role/other';
const root: Caller = { arn: ROOT, account: ACCOUNT };

describe('a statement of the resource that allows', () => {
  it.each<[unknown, Caller, boolean, string]>([
    ['*', role, true, PRINCIPAL],
    [{ AWS: '*' }, role, true, PRINCIPAL],
    [{ AWS: ROLE }, role, true, LOGIC],
    [{ AWS: SESSION }, role, true, LOGIC],
    [{ AWS: [OTHER, ROLE] }, role, true, PRINCIPAL],
    [{ AWS: OTHER }, role, false, PRINCIPAL],
    [{ AWS: SESSION.replace('/session', '/another') }, role, false, PRINCIPAL],
    // It leaves the decision to the account, whose policies say nothing here.
    [{ AWS: ROOT }, role, false, PRINCIPAL],
    [{ AWS: ACCOUNT }, role, false, PRINCIPAL],
    [{ AWS: ACCOUNT }, root, true, PRINCIPAL],
    [{ Service: 'sns.amazonaws.com' }, role, false, PRINCIPAL],
    [{ Service: ['sqs.amazonaws.com', 'sns.amazonaws.com'] }, sns, true, PRINCIPAL],
    [{ AWS: ROLE, Service: 'sns.amazonaws.com' }, sns, true, PRINCIPAL],
    ['*', sns, true, PRINCIPAL],
    [{ AWS: ROLE }, sns, false, PRINCIPAL],
    [{ Federated: 'cognito-identity.amazonaws.com' }, role, false, PRINCIPAL],
  ])('%j is about %j: %s (%s)', (Principal, principal, expected) => {
    expect(get({ resource: statements(allow({ Principal })) }, principal).allowed).toBe(expected);
  });
});

describe('a statement of the resource that denies', () => {
  it.each<[unknown, boolean, string]>([
    ['*', true, PRINCIPAL],
    [{ AWS: ROLE }, true, PRINCIPAL],
    [{ AWS: SESSION }, true, PRINCIPAL],
    [{ AWS: ROOT }, true, PRINCIPAL],
    [{ AWS: ACCOUNT }, true, PRINCIPAL],
    [{ AWS: OTHER }, false, PRINCIPAL],
    [{ Service: 'sns.amazonaws.com' }, false, PRINCIPAL],
  ])('%j stops the role: %s (%s)', (Principal, expected) => {
    expect(get({ identity: statements(allow()), resource: statements(deny({ Principal })) }).allowed).toBe(!expected);
  });
});

describe('a permissions boundary that does not allow the call', () => {
  const boundary = statements(allow({ Action: 'sqs:*' }));

  it.each<[unknown, boolean, string]>([
    [{ AWS: ROLE }, false, LOGIC],
    [{ AWS: SESSION }, true, LOGIC],
    [{ AWS: [ROLE, SESSION] }, true, LOGIC],
    ['*', true, PRINCIPAL],
    [{ AWS: ROOT }, false, PRINCIPAL],
  ])('leaves what the resource allows %j: %s (%s)', (Principal, expected) => {
    const decision = get({ boundary, identity: statements(allow()), resource: statements(allow({ Principal })) });
    expect(decision.allowed).toBe(expected);
    expect(decision.allowed || decision.by).toBe(expected || 'boundary');
  });

  it('stops what the role may', () => {
    expect(get({ boundary, identity: statements(allow()) })).toMatchObject({ allowed: false, by: 'boundary' });
  });

  it('that allows it grants nothing by itself', () => {
    expect(get({ boundary: statements(allow()) })).toMatchObject({ allowed: false, by: 'identity' });
    expect(get({ boundary: statements(allow()), identity: statements(allow()) }).allowed).toBe(true);
  });
});

describe('NotPrincipal', () => {
  const spared = (NotPrincipal: unknown, principal: Caller, more = {}) => {
    const admits = allow({ Principal: { AWS: ROLE, Service: 'sns.amazonaws.com' } });
    return get({ resource: statements(admits, deny({ NotPrincipal })), ...more }, principal).allowed;
  };

  it.each<[unknown, Caller, boolean]>([
    [{ AWS: [ROLE, ROOT] }, role, true],
    [{ AWS: [SESSION, ROLE, ACCOUNT] }, role, true],
    [{ AWS: '*' }, role, true],
    // "You must also specify the account ARN of the not-denied principal": alone, neither spares the role.
    [{ AWS: ROLE }, role, false],
    [{ AWS: ROOT }, role, false],
    [{ AWS: [OTHER, ROOT] }, role, false],
    [{ Service: 'sns.amazonaws.com' }, sns, true],
    [{ Service: 'sqs.amazonaws.com' }, sns, false],
    [{ AWS: [ROLE, ROOT] }, sns, false],
  ])(`%j spares %j: %s (${NOT_PRINCIPAL})`, (NotPrincipal, principal, expected) => {
    expect(spared(NotPrincipal, principal)).toBe(expected);
  });

  it(`spares no role that has a permissions boundary (${NOT_PRINCIPAL})`, () => {
    expect(spared({ AWS: [ROLE, ROOT] }, role, { boundary: statements(allow({ Action: '*', Resource: '*' })) })).toBe(false);
  });
});
