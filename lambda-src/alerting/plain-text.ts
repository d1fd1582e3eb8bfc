/** Control and format characters, lone surrogates and line separators. */
const UNREADABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu;

/** One line of text, of at most this length, from an untrusted value. */
export function plainText(value: unknown, length: number): string {
  if (typeof value !== 'string' && typeof value !== 'number') return '';
  const line = String(value).replace(UNREADABLE, ' ').trim();
  if (line.length <= length) return line;
  return `${line.slice(0, length - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
