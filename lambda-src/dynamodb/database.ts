import {
  BatchGetCommand, BatchWriteCommand, BatchWriteCommandInput, DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand,
  QueryCommandInput, TransactWriteCommand, TransactWriteCommandInput, UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { Failure } from '../failure';
import { ATTEMPTS, retryContended, pause } from './contention';
import type { Timing } from '../timing';

export type Key = Record<string, string>;
export type Action = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

type Requests = NonNullable<BatchWriteCommandInput['RequestItems']>[string];

/** The most deletes that one request may hold. */
const DELETES = 25;

/** An index, and how far to read in the order of its sort key. */
export interface IndexRange {
  readonly index: string;
  readonly sortKey: string;
  readonly upTo: string;
  /** The largest number of items of a page. */
  readonly limit: number;
}

/** A conditional change of one item. */
export interface Change {
  readonly UpdateExpression: string;
  readonly ConditionExpression: string;
  readonly ExpressionAttributeNames: Record<string, string>;
  readonly ExpressionAttributeValues: Record<string, unknown>;
}

/** An action of a transaction whose condition did not hold, and the numbers of the item that it met. */
export interface FailedCondition {
  readonly action: number;
  readonly found?: Readonly<Record<string, { readonly N?: string }>>;
}

/**
 * DynamoDB as the order domain uses it: reads are consistent, a condition that does not hold is a result and no error,
 * and contention is retried.
 */
export class Database {
  public constructor(private readonly documents: DynamoDBDocumentClient, private readonly timing: Timing) {}

  public async find<T>(table: string, key: Key): Promise<T | undefined> {
    const answer = await retryContended(this.timing, () =>
      this.documents.send(new GetCommand({ TableName: table, Key: key, ConsistentRead: true })));
    return answer.Item as T | undefined;
  }

  /** The items that exist, in no particular order; up to 100 keys. */
  public async findAll<T>(table: string, keys: Key[]): Promise<T[]> {
    const found: T[] = [];
    let left: Key[] = keys;
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const request = { [table]: { Keys: left, ConsistentRead: true } };
      const answer = await retryContended(this.timing, () => this.documents.send(new BatchGetCommand({ RequestItems: request })));
      found.push(...(answer.Responses?.[table] ?? []) as T[]);
      left = (answer.UnprocessedKeys?.[table]?.Keys ?? []) as Key[];
      if (left.length === 0) return found;
      await pause(this.timing, attempt);
    }
    throw new Failure('ServiceUnavailable', `${left.length} items of ${table} were not read in ${ATTEMPTS} attempts: try again later`);
  }

  /** All items under a partition key, page by page. An index lags behind its table: no read of it is consistent. */
  public async *pages<T>(table: string, key: Key, index?: string): AsyncGenerator<T[]> {
    const [[name, value]] = Object.entries(key);
    yield* this.query<T>({
      TableName: table,
      IndexName: index,
      ConsistentRead: index === undefined,
      KeyConditionExpression: '#key = :key',
      ExpressionAttributeNames: { '#key': name },
      ExpressionAttributeValues: { ':key': value },
    });
  }

  /** The first items under a partition key of an index, page by page in the order of its sort key. */
  public async *pagesUpTo<T>(table: string, key: Key, { index, sortKey, upTo, limit }: IndexRange): AsyncGenerator<T[]> {
    const [[name, value]] = Object.entries(key);
    yield* this.query<T>({
      TableName: table,
      IndexName: index,
      KeyConditionExpression: '#key = :key AND #sortKey <= :upTo',
      ExpressionAttributeNames: { '#key': name, '#sortKey': sortKey },
      ExpressionAttributeValues: { ':key': value, ':upTo': upTo },
      Limit: limit,
    });
  }

  /** Deletes what exists of these. */
  public async deleteAll(table: string, keys: Key[]): Promise<void> {
    for (let from = 0; from < keys.length; from += DELETES) {
      await this.deleteSome(table, keys.slice(from, from + DELETES));
    }
  }

  /** False if an item with this key exists. */
  public async create(table: string, keyName: string, item: object): Promise<boolean> {
    const answer = await this.unlessConditionFails(() => this.documents.send(new PutCommand({
      TableName: table,
      Item: item as Record<string, unknown>,
      ConditionExpression: 'attribute_not_exists(#key)',
      ExpressionAttributeNames: { '#key': keyName },
    })));
    return answer !== undefined;
  }

  /** The item after the change, or nothing if its condition did not hold. */
  public async change<T>(table: string, key: Key, change: Change): Promise<T | undefined> {
    const answer = await this.unlessConditionFails(() => this.documents.send(new UpdateCommand({
      TableName: table, Key: key, ReturnValues: 'ALL_NEW', ...change,
    })));
    return answer?.Attributes as T | undefined;
  }

  /**
   * Writes all or nothing, and returns the conditions that did not hold: none if all was written.
   *
   * The SDK gives each call its own request token, which covers its own retries. A later call, even hours later, is covered
   * by the conditions: that is why no token of ours is needed.
   */
  public async transact(actions: Action[]): Promise<FailedCondition[]> {
    return retryContended(this.timing, async () => {
      try {
        await this.documents.send(new TransactWriteCommand({ TransactItems: actions }));
        return [];
      } catch (error) {
        const failed = failedConditionsIn(error);
        if (failed.length === 0) throw error;
        return failed;
      }
    });
  }

  private async *query<T>(query: QueryCommandInput): AsyncGenerator<T[]> {
    let start: QueryCommandInput['ExclusiveStartKey'];
    do {
      const page = new QueryCommand({ ...query, ExclusiveStartKey: start });
      const answer = await retryContended(this.timing, () => this.documents.send(page));
      yield answer.Items as T[];
      start = answer.LastEvaluatedKey;
    } while (start);
  }

  private async deleteSome(table: string, keys: Key[]): Promise<void> {
    let left: Requests = keys.map(key => ({ DeleteRequest: { Key: key } }));
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const request = { [table]: left };
      const answer = await retryContended(this.timing, () => this.documents.send(new BatchWriteCommand({ RequestItems: request })));
      left = answer.UnprocessedItems?.[table] ?? [];
      if (left.length === 0) return;
      await pause(this.timing, attempt);
    }
    throw new Failure('ServiceUnavailable', `${left.length} items of ${table} were not deleted in ${ATTEMPTS} attempts: try again later`);
  }

  private async unlessConditionFails<T>(send: () => Promise<T>): Promise<T | undefined> {
    try {
      return await retryContended(this.timing, send);
    } catch (error) {
      if ((error as Error).name === 'ConditionalCheckFailedException') return undefined;
      throw error;
    }
  }
}

interface CancelledTransaction {
  readonly CancellationReasons?: ReadonlyArray<{ readonly Code?: string; readonly Item?: FailedCondition['found'] }>;
}

function failedConditionsIn(error: unknown): FailedCondition[] {
  const reasons = (error as CancelledTransaction).CancellationReasons ?? [];
  return reasons.flatMap(({ Code, Item }, action) => Code === 'ConditionalCheckFailed' ? [{ action, found: Item }] : []);
}
