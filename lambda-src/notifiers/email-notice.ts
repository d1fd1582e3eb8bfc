import type { OrderStatusChanged } from '../status-feed/order-status-changed';

/** What a mail says of one status. */
export interface EmailText {
  readonly subject: string;
  readonly text: string;
}

/** The texts by status. */
export type EmailTexts = Readonly<Record<string, EmailText | undefined>>;

const OTHERWISE: EmailText = {
  subject: 'Your order {orderId}: {status}',
  text: 'The status of your order {orderId} is now {status}. {reason}',
};

/** A header ends at a line break, and what a mail names comes from outside. */
const CONTROL = /\p{Cc}+/gu;

/** The mail that tells of a change: the text of its status, with what it names filled in. */
export function emailNotice(texts: EmailTexts, change: OrderStatusChanged): EmailText {
  const { subject, text } = Object.hasOwn(texts, change.status) ? texts[change.status]! : OTHERWISE;
  return { subject: filled(subject, change).replace(CONTROL, ' ').trim(), text: filled(text, change).trim() };
}

/** A name that the event does not have stands for nothing: a customer must not read the names of our fields. */
function filled(template: string, change: OrderStatusChanged): string {
  const values = change as unknown as Record<string, unknown>;
  return template.replace(/\{(\w+)\}/g, (_, name: string) => Object.hasOwn(values, name) ? String(values[name] ?? '') : '');
}
