import { SFNClient } from '@aws-sdk/client-sfn';
import { OrderLock } from './order-lock';
import type { Intake } from './place-order';
import { WatchPermits } from './watch-permits';
import { Workflow } from './workflow';
import { CachedSecret } from '../cached-secret';
import { Database } from '../dynamodb/database';
import { documentClient } from '../dynamodb/documents';
import { count, setting } from '../environment';
import { printMetrics } from '../metrics';
import { Orders } from '../order/orders';
import { REQUEST_TIMEOUTS } from '../request-timeouts';
import { realTiming } from '../timing';

/** Creates the intake from the environment variables of the function, with the client of its state machine. */
export function intakeOfEnvironment(): { readonly intake: Intake; readonly database: Database; readonly workflows: SFNClient } {
  const documents = documentClient();
  const database = new Database(documents, realTiming);
  const workflows = new SFNClient({ requestHandler: REQUEST_TIMEOUTS });
  const locks = process.env.IDEMPOTENCY_TABLE;
  const ordersTable = setting('ORDERS_TABLE');
  const [namespace, workflowName] = [setting('METRIC_NAMESPACE'), setting('WORKFLOW')];
  const intake = {
    orders: new Orders(database, ordersTable),
    rows: new Orders(new Database(documentClient({ maxAttempts: 1 }), realTiming), ordersTable),
    lock: locks ? new OrderLock(documents, locks, realTiming) : undefined,
    workflow: new Workflow(workflows, setting('STATE_MACHINE_ARN')),
    defaults: { currency: process.env.DEFAULT_CURRENCY || 'USD' },
    timing: realTiming,
    countRefusedStart: () => printMetrics(namespace, workflowName, Date.now(), { StartsRefused: 1 }),
  };
  return { intake, database, workflows };
}

/** The secret of the watch tokens; undefined where the feed has none. */
export function watchSecretOfEnvironment(): CachedSecret | undefined {
  const arn = process.env.WATCH_SECRET_ARN;
  return arn ? new CachedSecret(arn, realTiming.now) : undefined;
}

export function permitsOfEnvironment(secret: CachedSecret | undefined): WatchPermits {
  return new WatchPermits(secret && { secret, validitySeconds: count('TOKEN_VALIDITY_SECONDS') }, Date.now);
}
