import type { Context, SNSEvent } from 'aws-lambda';
import { KeptSecret } from '../kept-secret';
import { post } from './exchange';
import { pagerDutyEvent } from './pager-duty-event';
import { tellAll } from './tell';
import { tellingOfEnvironment } from './telling';
import { setting } from '../environment';

const telling = tellingOfEnvironment();
const secret = new KeptSecret(setting('SECRET_ARN'), telling.timing.now);
const url = `https://${setting('EVENTS_HOST')}/v2/enqueue`;

/** Opens an incident of PagerDuty, or resolves it. */
export const handler = async (event: SNSEvent, context: Context): Promise<void> => tellAll({
  ...telling,
  receiver: 'PagerDuty',
  send: async (alert, time) => post('PagerDuty', url, pagerDutyEvent(await secret.read(), alert, telling.source), time),
}, event, context);
