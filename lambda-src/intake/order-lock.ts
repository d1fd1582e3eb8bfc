import { IdempotencyConfig, makeIdempotent } from '@aws-lambda-powertools/idempotency';
import { DynamoDBPersistenceLayer } from '@aws-lambda-powertools/idempotency/dynamodb';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Context } from 'aws-lambda';
import { LEASE_MILLISECONDS, PlacedOrder } from './placed-order';
import { Refusal } from './refusal';
import type { Submission } from './submission';
import { pause } from '../dynamodb/contention';
import { Failure } from '../failure';
import type { ClockTiming } from '../timing';

/** How long the first response to an order is repeated. */
const EXPIRES_AFTER_SECONDS = 24 * 3_600;
/** Longer than the lease, so that a repetition can take over the lock of an interrupted intake. */
const WAIT_MILLISECONDS = LEASE_MILLISECONDS + 1_000;
/** The same for all intakes: an order that is sent by queue and by HTTP is deduplicated. */
const KEY_PREFIX = 'order';

/** Lets one intake at a time place an order, and stores the response for repetitions. */
export class OrderLock {
  private readonly store: DynamoDBPersistenceLayer;
  private readonly config: IdempotencyConfig;

  public constructor(documents: DynamoDBDocumentClient, table: string, private readonly timing: ClockTiming) {
    // The layer accepts both kinds of clients: it uses only what they share.
    this.store = new DynamoDBPersistenceLayer({ tableName: table, awsSdkV3Client: documents as unknown as DynamoDBClient });
    this.config = new IdempotencyConfig({
      eventKeyJmesPath: 'key',
      payloadValidationJmesPath: 'requestHash',
      throwOnNoIdempotencyKey: true,
      expiresAfterSeconds: EXPIRES_AFTER_SECONDS,
      hashFunction: 'sha256',
    });
    // The lease is shorter than the timeout of the function: what the lock guards is harmless when it happens twice, so a
    // repetition need not wait until an interrupted function would have timed out.
    this.config.registerLambdaContext({ getRemainingTimeInMillis: () => LEASE_MILLISECONDS } as Context);
  }

  /** Refuses another order under the same key, and waits while the same order is being placed. */
  public async hold({ lockKey, requestHash }: Submission, place: () => Promise<PlacedOrder>): Promise<PlacedOrder> {
    const claim = { key: lockKey, requestHash };
    let outcome: Promise<PlacedOrder> | undefined;
    const placeOnce = makeIdempotent(async (_claim: typeof claim) => outcome = place(), {
      persistenceStore: this.store, config: this.config, keyPrefix: KEY_PREFIX,
    });
    const until = this.timing.now() + WAIT_MILLISECONDS;
    for (let attempt = 1; ; attempt++) {
      try {
        return await placeOnce(claim);
      } catch (error) {
        // What became of the order is known, whatever becomes of the lock: without an answer in it, its lease ends.
        if (outcome) return outcome;
        if ((error as Error).name === 'IdempotencyValidationError') throw anotherOrder(lockKey);
        await this.awaitTurn(error as Error, attempt, until);
      }
    }
  }

  private async awaitTurn(error: Error, attempt: number, until: number): Promise<void> {
    // The error of DynamoDB says more than that the lock could not be taken.
    if (error.name === 'IdempotencyPersistenceLayerError') throw error.cause;
    if (error.name !== 'IdempotencyAlreadyInProgressError') throw error;
    if (this.timing.now() >= until) throw new Failure('OutcomeUnknown', 'the same order is being placed: retry later', error);
    await pause(this.timing, attempt);
  }
}

function anotherOrder([, kind]: readonly string[]): Refusal {
  return new Refusal('conflict', kind === 'key' ? 'another order was sent with this idempotency key' : 'another order has this id');
}
