import { Parking } from './parking';
import type { Telling } from './tell';
import { ToldAlerts } from './told-alerts';
import { realPace } from '../dynamodb/contention';
import { Database } from '../dynamodb/database';
import { documentClient } from '../dynamodb/documents';
import { setting } from '../environment';

/** All that it takes to tell somebody but the telling itself, from the settings of the function. */
export function tellingOfEnvironment(): Omit<Telling, 'receiver' | 'send'> {
  const pace = { ...realPace, now: Date.now };
  return {
    source: { workflow: setting('WORKFLOW'), logGroup: process.env.ORDER_LOG_GROUP || undefined },
    told: new ToldAlerts({
      database: new Database(documentClient(), realPace),
      table: setting('TOLD_ALERTS_TABLE'),
      target: setting('TARGET'),
      window: Number(setting('REPEAT_WINDOW_SECONDS')) * 1_000,
      now: pace.now,
    }),
    parking: new Parking(setting('DEAD_LETTER_QUEUE_URL')),
    pace,
  };
}
