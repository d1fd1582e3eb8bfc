import type { Context, SNSEvent } from 'aws-lambda';
import { KeptSecret } from '../kept-secret';
import { post } from './exchange';
import { slackMessage, webhookUrl } from './slack-message';
import { tellAll } from './tell';
import { tellingOfEnvironment } from './telling';
import { setting } from '../environment';

const telling = tellingOfEnvironment();
const secret = new KeptSecret(setting('SECRET_ARN'), telling.timing.now);
const allowedHosts = setting('ALLOWED_HOSTS').split(',');

/** Tells a channel of Slack. */
export const handler = async (event: SNSEvent, context: Context): Promise<void> => tellAll({
  ...telling,
  receiver: 'Slack',
  send: async (alert, time) =>
    post('Slack', webhookUrl(await secret.read(), allowedHosts), slackMessage(alert, telling.source), time),
}, event, context);
