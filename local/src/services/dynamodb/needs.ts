import { isJsonObject, Json, JsonObject } from '../../json';
import { keyNeeds } from '../access/key-needs';
import { Need, need, NeedsOf, NeedTable } from '../access/need';
import { PolicyBook } from '../access/policy-book';

/** Parts of a transaction, and the action that each needs. */
const PARTS: Readonly<Record<string, string>> = {
  Put: 'PutItem', Update: 'UpdateItem', Delete: 'DeleteItem', ConditionCheck: 'ConditionCheckItem', Get: 'GetItem',
};

const STATEMENTS: Readonly<Record<string, string>> = {
  SELECT: 'PartiQLSelect', INSERT: 'PartiQLInsert', UPDATE: 'PartiQLUpdate', DELETE: 'PartiQLDelete',
};

/**
 * What calls to DynamoDB need.
 * Transactions: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html
 * Indexes, batches and PartiQL: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html
 * Keys: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html
 * @param place `arn:aws:dynamodb:<region>:<account>`
 */
export function dynamoDbNeeds(book: PolicyBook, place: string): NeedTable {
  const arnOf = (table: Json | undefined) => (String(table).startsWith('arn:') ? String(table) : `${place}:table/${String(table)}`);
  const withKey = (action: string, table: Json | undefined, index?: Json): Need[] => {
    const arn = arnOf(table);
    return [need(`dynamodb:${action}`, index === undefined ? arn : `${arn}/index/${String(index)}`), ...keyNeeds(book, arn, ['Decrypt'])];
  };
  const one = (action: string): NeedsOf => ({ TableName }) => withKey(action, TableName);
  const read = (action: string): NeedsOf => ({ TableName, IndexName }) => withKey(action, TableName, IndexName);
  const batch = (action: string): NeedsOf => ({ RequestItems }) =>
    Object.keys(isJsonObject(RequestItems) ? RequestItems : {}).flatMap((table) => withKey(action, table));
  const transaction: NeedsOf = ({ TransactItems }) => (TransactItems as JsonObject[]).flatMap((item) =>
    Object.entries(item).flatMap(([part, request]) => withKey(PARTS[part], (request as JsonObject).TableName)));
  const statement = ({ Statement }: JsonObject): Need[] => {
    const [, verb = 'SELECT', table] = /^\s*(\w+)[^"]*"([^"]+)"/.exec(String(Statement)) ?? [];
    return withKey(STATEMENTS[verb.toUpperCase()], table);
  };
  return {
    BatchGetItem: batch('BatchGetItem'),
    BatchWriteItem: batch('BatchWriteItem'),
    DeleteItem: one('DeleteItem'),
    DescribeTable: ({ TableName }) => [need('dynamodb:DescribeTable', arnOf(TableName))],
    DescribeTimeToLive: ({ TableName }) => [need('dynamodb:DescribeTimeToLive', arnOf(TableName))],
    ExecuteStatement: statement,
    ExecuteTransaction: ({ TransactStatements }) => (TransactStatements as JsonObject[]).flatMap(statement),
    GetItem: one('GetItem'),
    ListTables: () => [need('dynamodb:ListTables', '*')],
    PutItem: one('PutItem'),
    Query: read('Query'),
    Scan: read('Scan'),
    TransactGetItems: transaction,
    TransactWriteItems: transaction,
    UpdateItem: one('UpdateItem'),
  };
}
