import type { Alert, Source } from './alert';
import { Refused } from './exchange';
import { plainText } from './plain-text';

const HEADER = 150;
const TEXT = 3_000;
const CONTEXT = 300;

interface PlainText {
  readonly type: 'plain_text';
  readonly text: string;
  readonly emoji: false;
}

/**
 * The alert as Slack shows it.
 *
 * What comes from outside stands in plain text, in which Slack reads no markup. Only the links are markup, and all of
 * them is ours.
 */
export function slackMessage({ title, facts, text, links }: Alert, { workflow }: Source): object {
  return {
    // A notification shows this one, as markup.
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

/** The address in the secret; anywhere else nobody has allowed us to tell of failures. */
export function webhookUrl(secret: string, allowedHosts: readonly string[]): string {
  const url = URL.canParse(secret) ? new URL(secret) : undefined;
  const isOurs = url && url.protocol === 'https:' && allowedHosts.includes(url.host) && !url.username && !url.password;
  if (!isOurs) throw new Refused(`the secret holds no https address of ${allowedHosts.join(' or ')}: put the webhook's in`);
  return url.href;
}

function plain(text: string, length: number): PlainText {
  return { type: 'plain_text', text: plainText(text, length), emoji: false };
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
