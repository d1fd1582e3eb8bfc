import { readJsonFile } from './json-file';
import { UsageError } from './usage-error';
import { isJsonObject } from '../json';
import { TableRows } from '../testkit';

/** Rows by table. */
export function readSeedFile(file: string): TableRows {
  const tables = readJsonFile(file);
  for (const [table, rows] of Object.entries(tables)) {
    if (!Array.isArray(rows) || !rows.every(isJsonObject)) {
      throw new UsageError(`${file}: '${table}' must be a list of rows, such as {"products": [{"productId": "lamp", "price": 30, "stock": 5}]}`);
    }
  }
  return tables as unknown as TableRows;
}
