import type { Context, SNSEvent, SNSEventRecord } from 'aws-lambda';
import { Alert, Source, parseAlert } from './alert';
import type { DeadLetterQueue } from './dead-letter-queue';
import { Deadline, DeliveryRefused } from './post-json';
import type { Claim, SentAlerts, SkipReason } from './sent-alerts';
import { Failure } from '../failure';
import { logDone, logFailure } from '../log';
import type { ClockTiming } from '../timing';

/** A receiver, and what the delivery to it needs. */
export interface AlertDelivery {
  readonly receiver: string;
  readonly source: Source;
  readonly sentAlerts: SentAlerts;
  readonly deadLetterQueue: DeadLetterQueue;
  readonly timing: ClockTiming;
  send(alert: Alert, deadline: Deadline): Promise<void>;
}

/** The part of an invocation's time that is kept for recording the outcome. */
const RESERVE = 8_000;
/** Shorter than the minute until Lambda retries: by then the claim of a crashed invocation has expired. */
const GRACE = 5_000;

/** Sends each alert to the receiver once. Lambda retries what throws, and puts it on the dead-letter queue at last. */
export async function deliverAlerts(
  delivery: AlertDelivery, event: SNSEvent, context: Pick<Context, 'getRemainingTimeInMillis'>,
): Promise<void> {
  const end = delivery.timing.now() + context.getRemainingTimeInMillis();
  for (const record of event.Records) {
    await deliver(delivery, record, end);
  }
}

async function deliver(delivery: AlertDelivery, record: SNSEventRecord, end: number): Promise<void> {
  const { sentAlerts, deadLetterQueue, timing } = delivery;
  const alert = parseAlert(record.Sns, delivery.source);
  const claim = sentAlerts.newClaim(alert);
  const skipReason = await tryClaim(delivery, claim, alert, end);
  if (skipReason === 'duplicate') return logDone('an alert was skipped: it was sent before', about(delivery, alert));
  if (skipReason === 'superseded') return logDone('an alert was skipped: a newer one superseded it', about(delivery, alert));
  if (skipReason) throw new Failure('ServiceUnavailable', 'this alert, or its opposite, is being sent: try again later');
  try {
    await delivery.send(alert, { timing, until: end - RESERVE });
  } catch (error) {
    await orLog('the claim on an alert was not released', sentAlerts.release(claim));
    if (!(error instanceof DeliveryRefused)) throw error;
    logFailure('an alert was sent to the dead-letter queue', error, about(delivery, alert));
    return deadLetterQueue.send(record, error);
  }
  // If this threw, Lambda would retry and send the alert again.
  await orLog('an alert was sent but not recorded as sent', sentAlerts.recordSent(claim, alert));
  logDone('an alert was sent', about(delivery, alert));
}

/** Sends twice rather than never: without the table every alert is sent. */
async function tryClaim({ sentAlerts }: AlertDelivery, claim: Claim, alert: Alert, end: number): Promise<SkipReason | undefined> {
  try {
    return await sentAlerts.tryClaim(claim, alert, end + GRACE);
  } catch (error) {
    logFailure('the table of sent alerts was not read', error);
    return undefined;
  }
}

async function orLog(what: string, work: Promise<void>): Promise<void> {
  await work.catch(error => logFailure(what, error));
}

function about({ receiver, source }: AlertDelivery, { kind, subject, step }: Alert): Record<string, string> {
  return { receiver, workflow: source.workflow, kind, subject, ...step ? { step } : {} };
}
