import { DeadLetterQueue } from './dead-letter-queue';
import type { AlertDelivery } from './deliver-alerts';
import { SentAlerts } from './sent-alerts';
import { Database } from '../dynamodb/database';
import { documentClient } from '../dynamodb/documents';
import { setting } from '../environment';
import { realTiming } from '../timing';

/** What each alert function needs but the request to its receiver, from the function's environment. */
export function deliveryFromEnvironment(): Omit<AlertDelivery, 'receiver' | 'send'> {
  return {
    source: { workflow: setting('WORKFLOW'), logGroup: process.env.ORDER_LOG_GROUP || undefined },
    sentAlerts: new SentAlerts({
      database: new Database(documentClient(), realTiming),
      table: setting('SENT_ALERTS_TABLE'),
      target: setting('TARGET'),
      repeatWindow: Number(setting('REPEAT_WINDOW_SECONDS')) * 1_000,
      now: realTiming.now,
    }),
    deadLetterQueue: new DeadLetterQueue(setting('DEAD_LETTER_QUEUE_URL')),
    timing: realTiming,
  };
}
