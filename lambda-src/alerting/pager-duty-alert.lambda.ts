import type { Context, SNSEvent } from 'aws-lambda';
import { deliveryFromEnvironment } from './alert-delivery';
import { deliverAlerts } from './deliver-alerts';
import { pagerDutyEvent } from './pager-duty-event';
import { postJson } from './post-json';
import { CachedSecret } from '../cached-secret';
import { setting } from '../environment';

const delivery = deliveryFromEnvironment();
const secret = new CachedSecret(setting('SECRET_ARN'), delivery.timing.now);
const url = `https://${setting('EVENTS_HOST')}/v2/enqueue`;

/** Triggers a PagerDuty incident, or resolves it. */
export const handler = async (event: SNSEvent, context: Context): Promise<void> => deliverAlerts({
  ...delivery,
  receiver: 'PagerDuty',
  send: async (alert, deadline) => postJson('PagerDuty', url, pagerDutyEvent(await secret.read(), alert, delivery.source), deadline),
}, event, context);
