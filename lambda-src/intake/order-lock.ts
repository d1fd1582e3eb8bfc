import { IdempotencyConfig, makeIdempotent } from '@aws-lambda-powertools/idempotency';
import { DynamoDBPersistenceLayer } from '@aws-lambda-powertools/idempotency/dynamodb';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Context } from 'aws-lambda';
import { LEASE_MILLISECONDS, Placed } from './place-order';
import { Refusal } from './refusal';
import type { Submission } from './submission';
import { pause } from '../dynamodb/contention';
import { Failure } from '../failure';
import type { ClockTiming } from '../timing';

/** As long as the first answer to an order is given again. */
const REMEMBERED_SECONDS = 24 * 3_600;
/** Longer than the lease: who meets the lock of an intake that crashed lives to take it over. */
const PATIENCE_MILLISECONDS = LEASE_MILLISECONDS + 1_000;
/** One for all intakes: an order that comes by queue and by HTTP meets itself. */
const KEY_PREFIX = 'order';

/** Lets one place an order at a time, and keeps the answer for whoever sends the same again. */
export class OrderLock {
  private readonly store: DynamoDBPersistenceLayer;
  private readonly config: IdempotencyConfig;

  public constructor(documents: DynamoDBDocumentClient, table: string, private readonly timing: ClockTiming) {
    // It checks for the parts that the two kinds of clients share, and sends commands that both understand.
    this.store = new DynamoDBPersistenceLayer({ tableName: table, awsSdkV3Client: documents as unknown as DynamoDBClient });
    this.config = new IdempotencyConfig({
      eventKeyJmesPath: 'key',
      payloadValidationJmesPath: 'requestHash',
      throwOnNoIdempotencyKey: true,
      expiresAfterSeconds: REMEMBERED_SECONDS,
      hashFunction: 'sha256',
    });
    // The lease is shorter than the function may run: what the lock guards is harmless when it happens twice, so nobody
    // has to wait for a function that crashed until it would have ended.
    this.config.registerLambdaContext({ getRemainingTimeInMillis: () => LEASE_MILLISECONDS } as Context);
  }

  /** Refuses another order under the same key; waits for the same one. */
  public async hold({ lockKey, requestHash }: Submission, place: () => Promise<Placed>): Promise<Placed> {
    const claim = { key: lockKey, requestHash };
    const placeOnce = makeIdempotent(async (_claim: typeof claim) => place(), {
      persistenceStore: this.store, config: this.config, keyPrefix: KEY_PREFIX,
    });
    const until = this.timing.now() + PATIENCE_MILLISECONDS;
    for (let attempt = 1; ; attempt++) {
      try {
        return await placeOnce(claim);
      } catch (error) {
        if ((error as Error).name === 'IdempotencyValidationError') throw anotherOrder(lockKey);
        await this.awaitTurn(error as Error, attempt, until);
      }
    }
  }

  private async awaitTurn(error: Error, attempt: number, until: number): Promise<void> {
    // What DynamoDB said tells more than that the lock could not be taken.
    if (error.name === 'IdempotencyPersistenceLayerError') throw error.cause;
    if (error.name !== 'IdempotencyAlreadyInProgressError') throw error;
    if (this.timing.now() >= until) throw new Failure('ServiceUnavailable', 'the same order is being placed: try again later', error);
    await pause(this.timing, attempt);
  }
}

function anotherOrder([, kind]: readonly string[]): Refusal {
  return new Refusal('conflict', kind === 'key' ? 'another order was sent with this idempotency key' : 'another order has this id');
}
