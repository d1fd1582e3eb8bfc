import { createHmac, timingSafeEqual } from 'node:crypto';

/** The token with which a client may watch an order that it placed. It is not stored, but derived from the secret. */
export function watchToken(secret: string, orderId: string): string {
  return createHmac('sha256', secret).update(orderId).digest('base64url');
}

/** Compares in constant time. */
export function isWatchToken(given: string, secret: string, orderId: string): boolean {
  const [shown, right] = [given, watchToken(secret, orderId)].map(text => Buffer.from(text));
  return shown.length === right.length && timingSafeEqual(shown, right);
}
