import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { EmailTexts, emailNotice } from './email-notice';
import { setting } from '../environment';
import type { OrderStatusChanged } from '../status-feed/order-status-changed';

const mail = new SESv2Client({ requestHandler: { connectionTimeout: 1_000, requestTimeout: 4_000, throwOnRequestTimeout: true } });
const from = setting('FROM');
const always = process.env.TO || undefined;
const texts = JSON.parse(setting('TEXTS')) as EmailTexts;

/** Sends one mail, or none to an order without an address. What fails is tried again by the bus. */
export const handler = async (change: OrderStatusChanged): Promise<void> => {
  const to = always ?? change.email;
  if (!to) return;
  const { subject, text } = emailNotice(texts, change);
  await mail.send(new SendEmailCommand({
    FromEmailAddress: from,
    Destination: { ToAddresses: [to] },
    Content: {
      Simple: { Subject: { Data: subject, Charset: 'UTF-8' }, Body: { Text: { Data: text, Charset: 'UTF-8' } } },
    },
  }));
};
