import { ContextValues, decide, Policies, PolicyDocument, Principal, readPolicy, Statement } from '../../src/permissions';

export const ACCOUNT = '123456789012';
export const ROLE = `arn:aws:iam::${ACCOUNT}:role/reserve`;
export const SESSION = `arn:aws:sts::${ACCOUNT}:assumed-role/reserve/session`;
export const ROOT = `arn:aws:iam::${ACCOUNT}:root`;
export const TABLE = `arn:aws:dynamodb:us-east-1:${ACCOUNT}:table/Orders`;
export const role: Principal = { arn: ROLE, sessionArn: SESSION, account: ACCOUNT };
export const sns: Principal = { service: 'sns.amazonaws.com' };

export type StatementDocument = Record<string, unknown>;

export function statements(...documents: StatementDocument[]): Statement[] {
  return readPolicy('test', { Version: '2012-10-17', Statement: documents } satisfies PolicyDocument);
}

/** Lets the table be read; an element that is undefined is left out. */
export function allow(more: StatementDocument = {}): StatementDocument {
  const all = { Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: TABLE, ...more };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

export function deny(more: StatementDocument = {}): StatementDocument {
  return { ...allow(more), Effect: 'Deny' };
}

/** What becomes of a read of the table. */
export function get(policies: Partial<Policies>, principal = role, context: ContextValues = {}) {
  return decide({ principal, action: 'dynamodb:GetItem', resource: TABLE, context }, { identity: [], ...policies });
}
