import { isJsonObject, JsonObject } from '../../json';

const WRITES = new Set([
  'PutItem',
  'UpdateItem',
  'DeleteItem',
  'BatchWriteItem',
  'TransactWriteItems',
  'ExecuteStatement',
  'ExecuteTransaction',
]);

/** The names of the tables that a call may have changed; 'any' where a statement hides it. */
export function writtenTables(operation: string, input: JsonObject): readonly string[] | 'any' {
  if (!WRITES.has(operation)) {
    return [];
  }
  switch (operation) {
    case 'BatchWriteItem':
      return Object.keys(input.RequestItems as JsonObject);
    case 'TransactWriteItems':
      return [...new Set((input.TransactItems as JsonObject[]).flatMap(tableOfTransactItem))];
    case 'ExecuteStatement':
    case 'ExecuteTransaction':
      return 'any';
    default:
      return [String(input.TableName)];
  }
}

function tableOfTransactItem(item: JsonObject): string[] {
  return Object.entries(item)
    .filter(([action, one]) => action !== 'ConditionCheck' && isJsonObject(one))
    .map(([, one]) => String((one as JsonObject).TableName));
}
