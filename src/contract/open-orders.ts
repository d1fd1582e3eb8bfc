/** The index of the orders that have not ended. An order is in it exactly while its row has both keys. */
export const OPEN_ORDERS_INDEX = 'open-orders';

/** The partition key of the index: see `OPEN_SHARDS`. */
export const OPEN_SHARD = 'openShard';

/** The sort key of the index: since when the order is open. */
export const OPEN_SINCE = 'openSince';

/** What the index holds of an order beside its keys: what the sweeper reads, and no more, as each change of it is a write to the index. */
export const INDEXED_ATTRIBUTES = ['owner'] as const;

/** The hash of an order's id whose first hexadecimal digit is the order's shard. */
export const SHARD_HASH = 'MD5';

/** Open orders are spread over 16 partition keys of the index: a hexadecimal digit each. */
export const OPEN_SHARDS: readonly string[] = [...'0123456789abcdef'];
