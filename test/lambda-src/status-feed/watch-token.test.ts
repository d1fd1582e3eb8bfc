import fc from 'fast-check';
import { isWatchToken, watchToken } from '../../../lambda-src/status-feed/watch-token';

describe('a watch token', () => {
  test('is the signature of an order id, and stays the same', () => {
    // By `openssl dgst -sha256 -hmac secret`, in the letters of an address.
    expect(watchToken('secret', 'order-1')).toBe('9QjkI_oqVgHR4u0CS2RbfxeMlOfsiaDC3f-8xFJik84');
  });

  test('is right for its own order and secret alone', () => {
    fc.assert(fc.property(fc.string(), fc.string(), fc.string(), fc.string(), (secret, otherSecret, orderId, otherId) => {
      fc.pre(secret !== otherSecret && orderId !== otherId);
      const token = watchToken(secret, orderId);
      expect(isWatchToken(token, secret, orderId)).toBe(true);
      expect(isWatchToken(token, secret, otherId)).toBe(false);
      expect(isWatchToken(token, otherSecret, orderId)).toBe(false);
    }));
  });

  test('is right only as it was given, letter for letter', () => {
    const token = watchToken('secret', 'order-1');
    fc.assert(fc.property(fc.oneof(fc.string(), fc.constantFrom(`${token}=`, `${token} `, token.slice(1), token.toLowerCase(), '')), given => {
      expect(isWatchToken(given, 'secret', 'order-1')).toBe(false);
    }));
  });
});
