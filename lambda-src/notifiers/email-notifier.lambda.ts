import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { EmailText, EmailTexts, emailNotice } from './email-notice';
import { setting } from '../environment';
import { logDone, logFailure, stopwatch } from '../log';
import type { OrderStatusChanged } from '../status-feed/order-status-changed';

const mail = new SESv2Client({ requestHandler: { connectionTimeout: 1_000, requestTimeout: 4_000, throwOnRequestTimeout: true } });
const from = setting('FROM');
const always = process.env.TO || undefined;
const texts = JSON.parse(setting('TEXTS')) as EmailTexts;

/** Sends one mail, or none to an order without an address. What fails is tried again by the bus. */
export const handler = async (change: OrderStatusChanged): Promise<void> => {
  const to = always ?? change.email;
  if (!to) return;
  const { orderId, status } = change;
  const took = stopwatch();
  try {
    await send(to, emailNotice(texts, change));
    logDone('a mail was sent', { orderId, status, ...took() });
  } catch (error) {
    // What SES says can name the address.
    logFailure('a mail was not sent', { name: (error as Error).name, message: 'SES did not take it' }, { orderId, status, ...took() });
    throw error;
  }
};

async function send(to: string, { subject, text }: EmailText): Promise<void> {
  await mail.send(new SendEmailCommand({
    FromEmailAddress: from,
    Destination: { ToAddresses: [to] },
    Content: {
      Simple: { Subject: { Data: subject, Charset: 'UTF-8' }, Body: { Text: { Data: text, Charset: 'UTF-8' } } },
    },
  }));
}
