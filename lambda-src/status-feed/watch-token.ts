import { createHmac, timingSafeEqual } from 'node:crypto';

/** With this, whoever placed an order may watch it. It is stored nowhere: it can be made from the secret at any time. */
export function watchToken(secret: string, orderId: string): string {
  return createHmac('sha256', secret).update(orderId).digest('base64url');
}

/** Takes as long for a token that is nearly right as for one that is all wrong. */
export function isWatchToken(given: string, secret: string, orderId: string): boolean {
  const [shown, right] = [given, watchToken(secret, orderId)].map(text => Buffer.from(text));
  return shown.length === right.length && timingSafeEqual(shown, right);
}
