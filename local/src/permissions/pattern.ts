/** What one place of a pattern stands for: a character, any one, or any number; the latter two also without a colon. */
type Token = { readonly is: string } | 'one' | 'any' | 'oneWithinSegment' | 'anyWithinSegment';

/** A text with the wildcards `*` and `?`. */
export interface Pattern {
  readonly tokens: readonly Token[];
  /** The only text that it fits, if it has no wildcards. */
  readonly exactly?: string;
}

export function readPattern(text: string): Pattern {
  return patternOf([...text].map((character) => (character === '*' ? 'any' : character === '?' ? 'one' : { is: character })));
}

/** A text that has no wildcards, whatever characters are in it. */
export function literal(text: string): Pattern {
  return patternOf([...text].map((is) => ({ is })));
}

/** The text that a pattern was read from. */
export function writtenAs({ tokens }: Pattern): string {
  return tokens.map((token) => (typeof token === 'object' ? token.is : token.startsWith('one') ? '?' : '*')).join('');
}

export function joined(patterns: readonly Pattern[]): Pattern {
  return patternOf(patterns.flatMap(({ tokens }) => tokens));
}

export function patternOf(tokens: readonly Token[]): Pattern {
  const characters = tokens.map((token) => (typeof token === 'object' ? token.is : undefined));
  return characters.includes(undefined) ? { tokens } : { tokens, exactly: characters.join('') };
}

/** Whether a pattern fits the whole of a text. All ways are followed at once, so that no pattern takes long. */
export function fits({ tokens, exactly }: Pattern, text: string): boolean {
  if (exactly !== undefined) {
    return exactly === text;
  }
  let places = withoutStars(tokens, [0]);
  for (const character of text) {
    const next = [...places].flatMap((place) => after(tokens[place], place, character));
    if (next.length === 0) {
      return false;
    }
    places = withoutStars(tokens, next);
  }
  return places.has(tokens.length);
}

function after(token: Token | undefined, place: number, character: string): number[] {
  switch (token) {
    case undefined:
      return [];
    case 'one':
      return [place + 1];
    case 'oneWithinSegment':
      return character === ':' ? [] : [place + 1];
    case 'any':
      return [place];
    case 'anyWithinSegment':
      return character === ':' ? [] : [place];
    default:
      return token.is === character ? [place + 1] : [];
  }
}

/** The places, and those that are reached from them when a star stands for nothing. */
function withoutStars(tokens: readonly Token[], places: readonly number[]): Set<number> {
  const reached = new Set<number>();
  for (let place of places) {
    reached.add(place);
    while (tokens[place] === 'any' || tokens[place] === 'anyWithinSegment') {
      reached.add(++place);
    }
  }
  return reached;
}
