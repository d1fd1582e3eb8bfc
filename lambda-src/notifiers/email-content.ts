import type { OrderStatusChanged } from '../status-feed/order-status-changed';

/** The email for one status. */
export interface EmailText {
  readonly subject: string;
  readonly text: string;
}

/** The emails by status. */
export type EmailTexts = Readonly<Record<string, EmailText | undefined>>;

const DEFAULT_TEXT: EmailText = {
  subject: 'Your order {orderId}: {status}',
  text: 'The status of your order {orderId} is now {status}. {reason}',
};

/** A line break would end the header, and the values are untrusted. */
const CONTROL = /\p{Cc}+/gu;

/** The email about a change of status, with the placeholders of its texts replaced. */
export function emailContent(texts: EmailTexts, change: OrderStatusChanged): EmailText {
  const { subject, text } = Object.hasOwn(texts, change.status) ? texts[change.status]! : DEFAULT_TEXT;
  return { subject: fill(subject, change).replace(CONTROL, ' ').trim(), text: fill(text, change).trim() };
}

/** A placeholder without a value becomes empty: a customer must not read names of fields. */
function fill(template: string, change: OrderStatusChanged): string {
  const values = change as unknown as Record<string, unknown>;
  return template.replace(/\{(\w+)\}/g, (_, name: string) => Object.hasOwn(values, name) ? String(values[name] ?? '') : '');
}
