import { emailContent } from '../../../lambda-src/notifiers/email-content';
import type { OrderStatusChanged } from '../../../lambda-src/status-feed/order-status-changed';

const PAID: OrderStatusChanged = {
  schemaVersion: '1',
  workflow: 'Shop/Orders',
  orderId: 'order-1',
  userId: 'ann',
  status: 'PAID',
  version: 4,
  at: '2026-01-01T00:00:00Z',
  totalAmount: 59.98,
  currency: 'EUR',
};

test('a status with a text of its own gets that text, with the placeholders replaced', () => {
  const texts = { PAID: { subject: '{orderId} is paid', text: 'We got {totalAmount} {currency}.' } };

  expect(emailContent(texts, PAID)).toEqual({ subject: 'order-1 is paid', text: 'We got 59.98 EUR.' });
});

test('a status without a text gets the default text', () => {
  expect(emailContent({}, { ...PAID, status: 'OUT_OF_STOCK', reason: 'no lamps' })).toEqual({
    subject: 'Your order order-1: OUT_OF_STOCK',
    text: 'The status of your order order-1 is now OUT_OF_STOCK. no lamps',
  });
});

test('a placeholder without a value becomes empty', () => {
  const texts = { PAID: { subject: 'Hello{reason}', text: '{constructor}{toString}{secret}Thanks' } };

  expect(emailContent(texts, PAID)).toEqual({ subject: 'Hello', text: 'Thanks' });
});

test('a status that is named like a property of every object gets the default text', () => {
  expect(emailContent({}, { ...PAID, status: 'constructor' }).subject).toBe('Your order order-1: constructor');
});

test('a value with a line break cannot begin a header', () => {
  const texts = { PAID: { subject: 'About {userId}', text: 'Hi' } };

  expect(emailContent(texts, { ...PAID, userId: 'ann\r\nBcc: eve@example.com' }).subject).toBe('About ann Bcc: eve@example.com');
});
