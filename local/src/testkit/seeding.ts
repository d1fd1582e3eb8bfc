import { resourceNamed } from './named-resource';
import { ownCall } from './own-call';
import { TABLES } from './workflow-resources';
import { JsonObject } from '../json';
import { fromPlain } from '../runtime/plain-item';
import { RunningCloud } from '../runtime/running-cloud';

/** Rows by table: `products`, `orders`, or any table by a part of its path or by its name. */
export type TableRows = Readonly<Record<string, readonly object[]>>;

/** The tables that have a name of their own, whatever the constructs are called. */
export type KnownTables = Readonly<Record<string, string | undefined>>;

/** Writes rows as they are, over what is there. */
export async function seedTables(cloud: Pick<RunningCloud, 'calls' | 'stacks'>, known: KnownTables, rows: TableRows): Promise<void> {
  const shortNames = Object.keys(known).filter((name) => known[name] !== undefined);
  const puts = Object.entries(rows).flatMap(([name, items]) => {
    const table = known[name.toLowerCase()] ?? resourceNamed(cloud.stacks, name, TABLES, 'table', shortNames).ref;
    return items.map((item) => ({ TableName: table, Item: fromPlain(item as JsonObject) }));
  });
  await Promise.all(puts.map((input) => ownCall(cloud.calls, 'dynamodb', 'PutItem', input)));
}
