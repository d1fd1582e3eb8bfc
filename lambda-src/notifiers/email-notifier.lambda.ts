import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { EmailText, EmailTexts, emailContent } from './email-content';
import { setting } from '../environment';
import { logDone, logFailure, stopwatch } from '../log';
import type { OrderStatusChanged } from '../status-feed/order-status-changed';

const ses = new SESv2Client({ requestHandler: { connectionTimeout: 1_000, requestTimeout: 4_000, throwOnRequestTimeout: true } });
const sender = setting('SENDER');
const configurationSet = process.env.CONFIGURATION_SET || undefined;
const fixedRecipient = process.env.RECIPIENT || undefined;
const texts = JSON.parse(setting('TEXTS')) as EmailTexts;

/** Sends one email, or none if the order has no address. Lambda retries what fails. */
export const handler = async (change: OrderStatusChanged): Promise<void> => {
  const recipient = fixedRecipient ?? change.email;
  if (!recipient) return;
  const { orderId, status } = change;
  const took = stopwatch();
  try {
    await send(recipient, emailContent(texts, change));
    logDone('an email was sent', { orderId, status, ...took() });
  } catch (error) {
    // The message of SES can contain the address.
    logFailure('an email was not sent', { name: (error as Error).name, message: 'SES did not accept it' }, { orderId, status, ...took() });
    throw error;
  }
};

async function send(recipient: string, { subject, text }: EmailText): Promise<void> {
  await ses.send(new SendEmailCommand({
    FromEmailAddress: sender,
    ConfigurationSetName: configurationSet,
    Destination: { ToAddresses: [recipient] },
    Content: {
      Simple: { Subject: { Data: subject, Charset: 'UTF-8' }, Body: { Text: { Data: text, Charset: 'UTF-8' } } },
    },
  }));
}
