import { boundedMatches } from '../bounded-regex';

interface Match {
  readonly match: string;
  readonly start: number;
  readonly end: number;
  readonly groups: Array<string | undefined>;
  next(): Match | undefined;
}

/** Who asks for the second match asks for more; each search has its price. */
const FOLLOWING = 500;

/** What a regular expression is in JSONata: a function that finds the first match, which finds the next one. */
export function matcherOf(source: RegExp, position: number): (text: string, from?: number) => Match | undefined {
  const find = (pattern: RegExp, text: string, most: number): Match | undefined => {
    const found = boundedMatches(pattern, text, most);
    return matchAt(found, 0, (following) => {
      const next = following ?? (found.length === most && pattern.lastIndex < text.length ? find(pattern, text, FOLLOWING) : undefined);
      if (next?.match === '') {
        throw { code: 'D1004', position, value: source.source };
      }
      return next;
    });
  };
  return (text, from) => {
    const pattern = new RegExp(source);
    pattern.lastIndex = typeof from === 'number' ? from : 0;
    return find(pattern, text, 1);
  };
}

function matchAt(found: RegExpExecArray[], index: number, onward: (following: Match | undefined) => Match | undefined): Match | undefined {
  const match = found.at(index);
  if (!match) {
    return undefined;
  }
  return {
    match: match[0],
    start: match.index,
    end: match.index + match[0].length,
    groups: match.slice(1),
    next: () => onward(matchAt(found, index + 1, onward)),
  };
}
