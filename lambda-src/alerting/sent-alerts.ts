import { createHash, randomUUID } from 'node:crypto';
import type { Alert } from './alert';
import { Occurrence, isBefore } from './occurrence';
import type { Database } from '../dynamodb/database';

/** What the table holds of one alert to one target. */
interface Row {
  readonly subjectHash: string;
  readonly alertHash: string;
  readonly isSent: boolean;
  /** The end of the claim, or of the repeat window once the alert is sent. */
  readonly until: number;
  readonly occurrence: Occurrence;
}

/** The exclusive right to send an alert, until it is recorded as sent, released or expired. */
export interface Claim {
  readonly key: { readonly subjectHash: string; readonly alertHash: string };
  readonly claimId: string;
  readonly occurrence: Occurrence;
}

/** Why an alert is not sent now: it was sent before, it or its opposite is being sent, or its opposite is newer. */
export type SkipReason = 'duplicate' | 'claimed' | 'superseded';

export interface SentAlertsSettings {
  readonly database: Database;
  readonly table: string;
  readonly target: string;
  /** For how long a duplicate is not sent, in milliseconds. */
  readonly repeatWindow: number;
  now(): number;
}

/** As long as a dead-letter queue keeps its messages: a redriven one must not open what is resolved. */
const RETENTION_SECONDS = 14 * 24 * 3_600;

/**
 * The alerts that each target was sent, so that one failure is sent once.
 *
 * An invocation claims an alert, sends it, and then records it as sent. If it crashes in between, its claim expires and the
 * alert can be claimed again. Expiry is compared here, because DynamoDB deletes expired items with a delay.
 */
export class SentAlerts {
  public constructor(private readonly settings: SentAlertsSettings) {}

  /** A claim to try. */
  public newClaim({ subject, isResolved, deduplicationKey, at, version }: Alert): Claim {
    const subjectHash = hashOf(`${this.settings.target}\n${subject}`);
    return {
      key: { subjectHash, alertHash: `${prefix(isResolved)}${hashOf(deduplicationKey)}` },
      claimId: randomUUID(),
      occurrence: { at, version },
    };
  }

  /** Claims the alert until this time, or returns why it must not be sent now. */
  public async tryClaim(claim: Claim, alert: Alert, until: number): Promise<SkipReason | undefined> {
    const { database, table, now } = this.settings;
    if (!await this.write(claim, false, until, 'attribute_not_exists(#until) OR #until <= :now')) {
      const row = await database.find<Row>(table, claim.key);
      return row?.isSent && row.until > now() ? 'duplicate' : 'claimed';
    }
    // Read after the claim, so that of two opposites that start at once at least one sees the other.
    const skipReason = skipReasonIn(await this.opposites(claim, alert), claim, now());
    if (skipReason) await this.release(claim);
    return skipReason;
  }

  /** Records the alert as sent, and forgets its opposites: they are news again. */
  public async recordSent(claim: Claim, alert: Alert): Promise<void> {
    const { database, table, now, repeatWindow } = this.settings;
    const opposites = await this.opposites(claim, alert);
    await database.deleteAll(table, opposites.map(({ subjectHash, alertHash }) => ({ subjectHash, alertHash })));
    await this.write(claim, true, now() + repeatWindow, '#claimId = :claimId');
  }

  /** Ends the claim of an alert that was not sent: a retry can claim it at once. */
  public async release(claim: Claim): Promise<void> {
    await this.write(claim, false, 0, '#claimId = :claimId');
  }

  private async opposites({ key: { subjectHash } }: Claim, { isResolved }: Alert): Promise<Row[]> {
    const { database, table } = this.settings;
    const opposites: Row[] = [];
    for await (const rows of database.pages<Row>(table, { subjectHash })) {
      opposites.push(...rows.filter(({ alertHash }) => alertHash.startsWith(prefix(!isResolved))));
    }
    return opposites;
  }

  private async write({ key, claimId, occurrence }: Claim, isSent: boolean, until: number, condition: string): Promise<boolean> {
    const { database, table, now } = this.settings;
    const written = await database.change<Row>(table, key, {
      UpdateExpression: 'SET #isSent = :isSent, #until = :until, #claimId = :claimId, #occurrence = :occurrence, #expiresAt = :expiresAt',
      ConditionExpression: condition,
      ExpressionAttributeNames: {
        '#isSent': 'isSent', '#until': 'until', '#claimId': 'claimId', '#occurrence': 'occurrence', '#expiresAt': 'expiresAt',
      },
      ExpressionAttributeValues: {
        ...condition.includes(':now') ? { ':now': now() } : {},
        ':claimId': claimId,
        ':isSent': isSent,
        ':until': until,
        ':occurrence': occurrence,
        ':expiresAt': Math.ceil(Math.max(until, now()) / 1_000) + RETENTION_SECONDS,
      },
    });
    return written !== undefined;
  }
}

/** An opposite that was sent and is newer supersedes the alert; one that is being sent delays it. */
function skipReasonIn(opposites: readonly Row[], { occurrence }: Claim, now: number): SkipReason | undefined {
  if (opposites.some(row => row.isSent && isBefore(occurrence, row.occurrence))) return 'superseded';
  return opposites.some(row => !row.isSent && row.until > now) ? 'claimed' : undefined;
}

function prefix(isResolved: boolean): string {
  return isResolved ? 'resolved#' : 'open#';
}

/** A sort key has at most 1 KB, and the subject of an alert can be longer. */
function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
