import { fitsBetweenStars } from '../stars';

/** `*` stands for any text, `\\*` for a star. */
export function matchesWildcards(text: string, pattern: string): boolean {
  return fitsBetweenStars(partsOf(pattern), text);
}

/** What stands between the stars. */
function partsOf(pattern: string): string[] {
  const parts = [''];
  for (const [token, escaped] of pattern.matchAll(/\\([\s\S])|[\s\S]/g)) {
    if (token === '*') {
      parts.push('');
    } else {
      parts[parts.length - 1] += escaped ?? token;
    }
  }
  return parts;
}
