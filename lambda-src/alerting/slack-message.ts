import type { Alert, Source } from './alert';
import { plainText } from './plain-text';
import { DeliveryRefused } from './post-json';

const HEADER = 150;
const TEXT = 3_000;
const CONTEXT = 300;

interface PlainText {
  readonly type: 'plain_text';
  readonly text: string;
  readonly emoji: false;
}

/**
 * The alert as a message with blocks.
 *
 * Untrusted text is `plain_text`, in which Slack interprets no markup. Only the links are markup, which is made here.
 */
export function slackMessage({ title, facts, text, links }: Alert, { workflow }: Source): object {
  return {
    // Shown in notifications, and interpreted as markup.
    text: escaped(plainText(title, HEADER)),
    blocks: [
      { type: 'header', text: plain(title, HEADER) },
      ...facts.length ? [{ type: 'section', fields: facts.map(([name, value]) => plain(`${name}: ${value}`, CONTEXT * 2)) }] : [],
      ...text ? [{ type: 'section', text: plain(text, TEXT) }] : [],
      ...links.length ? [{ type: 'section', text: { type: 'mrkdwn', text: links.map(({ name, url }) => `<${url}|${name}>`).join('  ') } }] : [],
      { type: 'context', elements: [plain(workflow, CONTEXT)] },
    ],
  };
}

/** The webhook's URL in the secret: alerts may go to the allowed hosts only. */
export function webhookUrl(secret: string, allowedHosts: readonly string[]): string {
  const url = URL.canParse(secret) ? new URL(secret) : undefined;
  const isAllowed = url && url.protocol === 'https:' && allowedHosts.includes(url.host) && !url.username && !url.password;
  if (!isAllowed) throw new DeliveryRefused(`the secret holds no https URL of ${allowedHosts.join(' or ')}: set it to the URL of the webhook`);
  return url.href;
}

function plain(text: string, length: number): PlainText {
  return { type: 'plain_text', text: plainText(text, length), emoji: false };
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
