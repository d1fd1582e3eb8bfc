import type { Context, SNSEvent } from 'aws-lambda';
import { deliveryFromEnvironment } from './alert-delivery';
import { deliverAlerts } from './deliver-alerts';
import { postJson } from './post-json';
import { slackMessage, webhookUrl } from './slack-message';
import { CachedSecret } from '../cached-secret';
import { setting } from '../environment';

const delivery = deliveryFromEnvironment();
const secret = new CachedSecret(setting('SECRET_ARN'), delivery.timing.now);
const allowedHosts = setting('ALLOWED_HOSTS').split(',');

/** Posts alerts to a Slack channel. */
export const handler = async (event: SNSEvent, context: Context): Promise<void> => deliverAlerts({
  ...delivery,
  receiver: 'Slack',
  send: async (alert, deadline) =>
    postJson('Slack', webhookUrl(await secret.read(), allowedHosts), slackMessage(alert, delivery.source), deadline),
}, event, context);
