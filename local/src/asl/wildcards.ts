/** `*` stands for any text, `\\*` for a star. The time it takes grows with the text alone, however many stars there are. */
export function matchesWildcards(text: string, pattern: string): boolean {
  const parts = partsOf(pattern);
  const [first, ...rest] = parts;
  const last = rest.pop();
  if (last === undefined) {
    return text === first;
  }
  let position = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, position);
    if (found === -1) {
      return false;
    }
    position = found + part.length;
  }
  return text.startsWith(first) && text.endsWith(last) && text.length - last.length >= position;
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
