export function glob(pattern: string, text: string): boolean {
  if (pattern === '') {
    return text === '';
  }
  if (pattern[0] === '*') {
    return glob(pattern.slice(1), text) || (text !== '' && glob(pattern, text.slice(1)));
  }
  return text !== '' && (pattern[0] === '?' || pattern[0] === text[0]) && glob(pattern.slice(1), text.slice(1));
}

/** In the first five segments, only a star that ends its segment passes a colon. */
export function globOfArn(pattern: string, text: string, colons = 0): boolean {
  if (pattern === '') {
    return text === '';
  }
  const isInSegment = colons < 5;
  if (pattern[0] === '*') {
    const stays = isInSegment && pattern.length > 1 && pattern[1] !== ':';
    return globOfArn(pattern.slice(1), text, colons) || (text !== '' && !(stays && text[0] === ':') && globOfArn(pattern, text.slice(1), colons));
  }
  const passed = colons + (pattern[0] === ':' ? 1 : 0);
  const isLike = pattern[0] === '?' ? !(isInSegment && text[0] === ':') : pattern[0] === text[0];
  return text !== '' && isLike && globOfArn(pattern.slice(1), text.slice(1), passed);
}

/** Each of six components by itself. */
export function likeArn(pattern: string, arn: string): boolean {
  const wanted = sixParts(pattern);
  const seen = sixParts(arn);
  return wanted.length === 6 && seen.length === 6 && wanted.every((part, index) => glob(part, seen[index]));
}

function sixParts(arn: string): string[] {
  const parts = arn.split(':');
  return parts.length < 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(':')];
}
