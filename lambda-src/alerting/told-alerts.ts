import { createHash, randomUUID } from 'node:crypto';
import type { Alert } from './alert';
import type { Database } from '../dynamodb/database';

/** What is known of an alert at one target. */
interface Row {
  readonly about: string;
  readonly what: string;
  readonly told: boolean;
  readonly until: number;
}

/** The right to tell an alert, until it is said that it was told or was not. */
export interface Turn {
  readonly key: { readonly about: string; readonly what: string };
  readonly claim: string;
}

export interface ToldAlertsSettings {
  readonly database: Database;
  readonly table: string;
  readonly target: string;
  /** For how long the same is not told again, in milliseconds. */
  readonly window: number;
  now(): number;
}

const HOUR = 3_600;

/**
 * Who was told what, so that one failure is told once.
 *
 * An alert is first lent to whoever tells it, and kept as told only afterwards: one that is lost in a crash is lent again as
 * soon as the time is up. Times are compared here, because DynamoDB deletes what has expired when it likes.
 */
export class ToldAlerts {
  public constructor(private readonly settings: ToldAlertsSettings) {}

  /** A turn to tell it until then; or whether it was told already, or is being told by somebody else. */
  public async take(alert: Alert, until: number): Promise<Turn | 'told' | 'being told'> {
    const { database, table } = this.settings;
    const turn = this.turn(alert);
    if (await this.write(turn, false, until, 'attribute_not_exists(#until) OR #until <= :now')) return turn;
    const row = await database.find<Row>(table, turn.key);
    return row?.told && row.until > this.settings.now() ? 'told' : 'being told';
  }

  /** A turn that was not granted, for when the table does not answer: what tells it may still keep it as told. */
  public turn({ subject, isOver, sameness }: Alert): Turn {
    const about = hashOf(`${this.settings.target}\n${subject}`);
    return { key: { about, what: `${prefix(isOver)}${hashOf(sameness)}` }, claim: randomUUID() };
  }

  /** It was told: now the opposite is news again. */
  public async keep(turn: Turn, { isOver }: Alert): Promise<void> {
    const { database, table, now, window } = this.settings;
    for await (const rows of database.pages<Row>(table, { about: turn.key.about })) {
      const opposites = rows.filter(({ what }) => what.startsWith(prefix(!isOver)));
      await database.deleteAll(table, opposites.map(({ about, what }) => ({ about, what })));
    }
    await this.write(turn, true, now() + window, '#claim = :claim');
  }

  /** It was not told: whoever tries next need not wait. */
  public async giveBack(turn: Turn): Promise<void> {
    await this.write(turn, false, 0, '#claim = :claim');
  }

  private async write({ key, claim }: Turn, told: boolean, until: number, condition: string): Promise<boolean> {
    const { database, table, now } = this.settings;
    const values = { ':now': now(), ':claim': claim };
    const used = Object.fromEntries(Object.entries(values).filter(([name]) => name === ':claim' || condition.includes(name)));
    const written = await database.change<Row>(table, key, {
      UpdateExpression: 'SET #told = :told, #until = :until, #claim = :claim, #expiresAt = :expiresAt',
      ConditionExpression: condition,
      ExpressionAttributeNames: { '#told': 'told', '#until': 'until', '#claim': 'claim', '#expiresAt': 'expiresAt' },
      ExpressionAttributeValues: {
        ...used, ':told': told, ':until': until, ':expiresAt': Math.ceil(Math.max(until, now()) / 1_000) + HOUR,
      },
    });
    return written !== undefined;
  }
}

function prefix(isOver: boolean): string {
  return isOver ? 'over#' : 'wrong#';
}

/** A key has at most 2 KB, and what an alert is about can be anything. */
function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
