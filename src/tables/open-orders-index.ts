import { aws_dynamodb as dynamodb } from 'aws-cdk-lib';
import { INDEXED_ATTRIBUTES, OPEN_ORDERS_INDEX, OPEN_SHARD, OPEN_SINCE } from '../contract/open-orders';
import { ValidationError } from '../private/validation-error';

/** The index of the open orders, in the form that `Table` and `TableV2` share. @internal */
export const OPEN_ORDERS_INDEX_PROPS = {
  indexName: OPEN_ORDERS_INDEX,
  partitionKey: { name: OPEN_SHARD, type: dynamodb.AttributeType.STRING },
  sortKey: { name: OPEN_SINCE, type: dynamodb.AttributeType.STRING },
  projectionType: dynamodb.ProjectionType.INCLUDE,
  nonKeyAttributes: [...INDEXED_ATTRIBUTES],
};

/** A table that was created in this app, of either kind. */
interface IndexableTable {
  addGlobalSecondaryIndex(props: typeof OPEN_ORDERS_INDEX_PROPS): void;
}

/** Adds the index to a table of either kind. @internal */
export function addIndexOfOpenOrders(table: dynamodb.ITable): void {
  if (!isIndexable(table)) {
    throw new ValidationError(
      `the table is imported, so the index ${OPEN_ORDERS_INDEX} cannot be added to it here: call OrderTables.addOpenOrdersIndex(table) where the table is created`,
      table,
    );
  }
  table.addGlobalSecondaryIndex(OPEN_ORDERS_INDEX_PROPS);
}

function isIndexable(table: unknown): table is IndexableTable {
  return typeof (table as Partial<IndexableTable>).addGlobalSecondaryIndex === 'function';
}
