import type { Context, SNSEvent, SNSEventRecord } from 'aws-lambda';
import { Alert, Source, alertIn } from './alert';
import { Refused, Time } from './exchange';
import type { Parking } from './parking';
import type { Hindrance, ToldAlerts, Turn } from './told-alerts';
import { Failure } from '../failure';
import { logDone, logFailure } from '../log';
import type { ClockTiming } from '../timing';

/** One who is told, and all it takes. */
export interface Telling {
  readonly receiver: string;
  readonly source: Source;
  readonly told: ToldAlerts;
  readonly parking: Parking;
  readonly timing: ClockTiming;
  send(alert: Alert, time: Time): Promise<void>;
}

/** What is kept of an invocation's time for keeping or parking what came out. */
const RESERVE = 8_000;
/** Shorter than the minute until Lambda tries again: what a crash left behind is free by then. */
const GRACE = 5_000;

/** Tells a receiver of each alert once. What throws is tried again by Lambda, and parked by it in the end. */
export async function tellAll(telling: Telling, event: SNSEvent, context: Pick<Context, 'getRemainingTimeInMillis'>): Promise<void> {
  const end = telling.timing.now() + context.getRemainingTimeInMillis();
  for (const record of event.Records) {
    await tell(telling, record, end);
  }
}

async function tell(telling: Telling, record: SNSEventRecord, end: number): Promise<void> {
  const alert = alertIn(record.Sns, telling.source);
  const turn = telling.told.turn(alert);
  const hindrance = await takeTurn(telling, turn, alert, end);
  if (hindrance === 'told') return logDone('an alert was told already', about(telling, alert));
  if (hindrance === 'overtaken') return logDone('an alert was overtaken by a newer one', about(telling, alert));
  if (hindrance) throw new Failure('ServiceUnavailable', 'the alert or its opposite is being told: try again to see what came of it');
  try {
    await telling.send(alert, { timing: telling.timing, until: end - RESERVE });
  } catch (error) {
    await orLog('a turn was not given back', telling.told.giveBack(turn));
    if (!(error instanceof Refused)) throw error;
    logFailure('an alert was parked', error, about(telling, alert));
    return telling.parking.park(record, error);
  }
  // Thrown, it would be told a second time for certain.
  await orLog('an alert was told but not kept as told', telling.told.keep(turn, alert));
  logDone('an alert was told', about(telling, alert));
}

/** Rather twice than never: without the table everything is told. */
async function takeTurn({ told }: Telling, turn: Turn, alert: Alert, end: number): Promise<Hindrance | undefined> {
  try {
    return await told.take(turn, alert, end + GRACE);
  } catch (error) {
    logFailure('what was told is not known', error);
    return undefined;
  }
}

async function orLog(what: string, work: Promise<void>): Promise<void> {
  await work.catch(error => logFailure(what, error));
}

function about({ receiver, source }: Telling, { kind, subject, step }: Alert): Record<string, string> {
  return { receiver, workflow: source.workflow, kind, subject, ...step ? { step } : {} };
}
