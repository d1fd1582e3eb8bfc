import { createHash } from 'node:crypto';

/** The SHA-256 of a text in 64 hexadecimal digits, where the text is too long or has characters that are not allowed. */
export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
