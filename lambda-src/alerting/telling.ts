import { Parking } from './parking';
import type { Telling } from './tell';
import { ToldAlerts } from './told-alerts';
import { Database } from '../dynamodb/database';
import { documentClient } from '../dynamodb/documents';
import { setting } from '../environment';
import { realTiming } from '../timing';

/** All that it takes to tell somebody but the telling itself, from the settings of the function. */
export function tellingOfEnvironment(): Omit<Telling, 'receiver' | 'send'> {
  return {
    source: { workflow: setting('WORKFLOW'), logGroup: process.env.ORDER_LOG_GROUP || undefined },
    told: new ToldAlerts({
      database: new Database(documentClient(), realTiming),
      table: setting('TOLD_ALERTS_TABLE'),
      target: setting('TARGET'),
      window: Number(setting('REPEAT_WINDOW_SECONDS')) * 1_000,
      now: realTiming.now,
    }),
    parking: new Parking(setting('DEAD_LETTER_QUEUE_URL')),
    timing: realTiming,
  };
}
