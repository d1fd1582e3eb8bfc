import { createHash, randomUUID } from 'node:crypto';
import type { Alert } from './alert';
import { Moment, isBefore } from './moment';
import type { Database } from '../dynamodb/database';

/** What is known of an alert at one target. */
interface Row {
  readonly about: string;
  readonly what: string;
  readonly told: boolean;
  readonly until: number;
  readonly moment: Moment;
}

/** The right to tell an alert, until it is said that it was told or was not. */
export interface Turn {
  readonly key: { readonly about: string; readonly what: string };
  readonly claim: string;
  readonly moment: Moment;
}

/** Why an alert is not told: its opposite is newer if it was overtaken. */
export type Hindrance = 'told' | 'being told' | 'overtaken';

export interface ToldAlertsSettings {
  readonly database: Database;
  readonly table: string;
  readonly target: string;
  /** For how long the same is not told again, in milliseconds. */
  readonly window: number;
  now(): number;
}

/** As long as a queue keeps what was parked: whoever takes it from there must not open what is over. */
const FORTNIGHT = 14 * 24 * 3_600;

/**
 * Who was told what, so that one failure is told once.
 *
 * An alert is first lent to whoever tells it, and kept as told only afterwards: one that is lost in a crash is lent again as
 * soon as the time is up. Times are compared here, because DynamoDB deletes what has expired when it likes.
 */
export class ToldAlerts {
  public constructor(private readonly settings: ToldAlertsSettings) {}

  /** A turn to ask for. */
  public turn({ subject, isOver, sameness, at, version }: Alert): Turn {
    const about = hashOf(`${this.settings.target}\n${subject}`);
    return { key: { about, what: `${prefix(isOver)}${hashOf(sameness)}` }, claim: randomUUID(), moment: { at, version } };
  }

  /** Takes the turn to tell an alert until then, unless something is in its way. */
  public async take(turn: Turn, alert: Alert, until: number): Promise<Hindrance | undefined> {
    const { database, table, now } = this.settings;
    if (!await this.write(turn, false, until, 'attribute_not_exists(#until) OR #until <= :now')) {
      const row = await database.find<Row>(table, turn.key);
      return row?.told && row.until > now() ? 'told' : 'being told';
    }
    // Looked for only now, so that of two who begin at once at least one sees the other.
    const hindrance = hindranceBy(await this.opposites(turn, alert), turn, now());
    if (hindrance) await this.giveBack(turn);
    return hindrance;
  }

  /** It was told: now the opposite is news again. */
  public async keep(turn: Turn, alert: Alert): Promise<void> {
    const { database, table, now, window } = this.settings;
    const opposites = await this.opposites(turn, alert);
    await database.deleteAll(table, opposites.map(({ about, what }) => ({ about, what })));
    await this.write(turn, true, now() + window, '#claim = :claim');
  }

  /** It was not told: whoever tries next need not wait. */
  public async giveBack(turn: Turn): Promise<void> {
    await this.write(turn, false, 0, '#claim = :claim');
  }

  private async opposites({ key: { about } }: Turn, { isOver }: Alert): Promise<Row[]> {
    const { database, table } = this.settings;
    const opposites: Row[] = [];
    for await (const rows of database.pages<Row>(table, { about })) {
      opposites.push(...rows.filter(({ what }) => what.startsWith(prefix(!isOver))));
    }
    return opposites;
  }

  private async write({ key, claim, moment }: Turn, told: boolean, until: number, condition: string): Promise<boolean> {
    const { database, table, now } = this.settings;
    const values = { ':now': now(), ':claim': claim };
    const used = Object.fromEntries(Object.entries(values).filter(([name]) => name === ':claim' || condition.includes(name)));
    const written = await database.change<Row>(table, key, {
      UpdateExpression: 'SET #told = :told, #until = :until, #claim = :claim, #moment = :moment, #expiresAt = :expiresAt',
      ConditionExpression: condition,
      ExpressionAttributeNames: {
        '#told': 'told', '#until': 'until', '#claim': 'claim', '#moment': 'moment', '#expiresAt': 'expiresAt',
      },
      ExpressionAttributeValues: {
        ...used, ':told': told, ':until': until, ':moment': moment, ':expiresAt': Math.ceil(Math.max(until, now()) / 1_000) + FORTNIGHT,
      },
    });
    return written !== undefined;
  }
}

/** What its opposites mean for an alert: it is late if one was told that is newer, and waits while one is being told. */
function hindranceBy(opposites: readonly Row[], { moment }: Turn, now: number): Hindrance | undefined {
  if (opposites.some(row => row.told && isBefore(moment, row.moment))) return 'overtaken';
  return opposites.some(row => !row.told && row.until > now) ? 'being told' : undefined;
}

function prefix(isOver: boolean): string {
  return isOver ? 'over#' : 'wrong#';
}

/** A key has at most 2 KB, and what an alert is about can be anything. */
function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
