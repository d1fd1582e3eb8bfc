import { StatementUse } from '../../../src';

/** Statements that no call needs alone on one machine, and why they are granted all the same. */
export interface Category {
  readonly name: string;
  readonly reason: string;
  includes(use: StatementUse): boolean;
}

const lists = ({ used, unused }: StatementUse) => [...used.map((action) => action.toLowerCase()), ...unused];
const onlyActions = (pattern: RegExp) => (use: StatementUse) => lists(use).every((action) => pattern.test(action));

export const CATEGORIES: readonly Category[] = [
  { name: 'logs', reason: 'functions write their logs beside the services that run here', includes: onlyActions(/^logs:/) },
  {
    name: 'X-Ray',
    reason: 'traces are not kept here; the list of streams, which Lambda asks for, has no resource either, so it is in the same statement',
    includes: onlyActions(/^xray:|^dynamodb:liststreams$/),
  },
  {
    name: 'key: log delivery',
    reason: 'CloudWatch Logs encrypts log groups by itself; nothing is delivered to them here',
    includes: ({ of, statement }) => of.includes(':key/') && /, statement (4|AllowLogs)$/.test(statement),
  },
  {
    name: 'key: Secrets Manager',
    reason: 'the CDK writes it for who creates and reads secrets; who reads them here has a grant of the key as well',
    includes: ({ of, statement }) => of.includes(':key/') && statement.endsWith('statement 5'),
  },
  {
    name: 'key: rules',
    reason: 'the CDK writes it for a rule with an encrypted queue; AllowMessaging lets rules use the key as well',
    includes: ({ of, statement }) => of.includes(':key/') && statement.endsWith('statement 6'),
  },
  {
    name: 'key: secrets',
    reason: 'reading a secret needs its key; here that is the key of all, which the function may use without this condition too',
    includes: onlyActions(/^kms:decrypt$/),
  },
];
