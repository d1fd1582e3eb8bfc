import { createHash } from 'node:crypto';

/** What stands for a text that is too long, or has characters that are not allowed: 64 hexadecimal digits. */
export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
