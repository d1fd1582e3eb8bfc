/** What one place of a pattern stands for: a character, any one, any number, or any number without a colon. */
type Token = { readonly is: string } | 'one' | 'any' | 'anyWithinSegment';

/** A text with the wildcards `*` and `?`. */
export type Pattern = readonly Token[];

export function readPattern(text: string): Pattern {
  return [...text].map((character) => (character === '*' ? 'any' : character === '?' ? 'one' : { is: character }));
}

/** A text that has no wildcards, whatever characters are in it. */
export function literal(text: string): Pattern {
  return [...text].map((is) => ({ is }));
}

/** The text that a pattern was read from. */
export function writtenAs(pattern: Pattern): string {
  return pattern.map((token) => (typeof token === 'object' ? token.is : token === 'one' ? '?' : '*')).join('');
}

/** Whether the pattern is nothing but `*`. */
export function isAnything(pattern: Pattern): boolean {
  return pattern.length === 1 && pattern[0] === 'any';
}

/** Whether a pattern fits the whole of a text. All ways are followed at once, so that no pattern takes long. */
export function fits(pattern: Pattern, text: string): boolean {
  let places = withoutStars(pattern, [0]);
  for (const character of text) {
    const next = [...places].flatMap((place) => after(pattern[place], place, character));
    places = withoutStars(pattern, next);
  }
  return places.has(pattern.length);
}

function after(token: Token | undefined, place: number, character: string): number[] {
  switch (token) {
    case undefined:
      return [];
    case 'one':
      return [place + 1];
    case 'any':
      return [place];
    case 'anyWithinSegment':
      return character === ':' ? [] : [place];
    default:
      return token.is === character ? [place + 1] : [];
  }
}

/** The places, and those that are reached from them when a star stands for nothing. */
function withoutStars(pattern: Pattern, places: readonly number[]): Set<number> {
  const reached = new Set<number>();
  for (let place of places) {
    reached.add(place);
    while (pattern[place] === 'any' || pattern[place] === 'anyWithinSegment') {
      reached.add(++place);
    }
  }
  return reached;
}

const COLONS_OF_AN_ARN = 5;

/**
 * The pattern of a policy's Resource. A `*` that is the last character of an ARN's segment can pass colons;
 * another one stays within its segment.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
export function resourcePattern(pattern: Pattern): Pattern {
  let colons = 0;
  return pattern.map((token, index) => {
    colons += isColon(token) ? 1 : 0;
    const next = pattern[index + 1];
    const endsSegment = next === undefined || isColon(next);
    return token === 'any' && !endsSegment && colons < COLONS_OF_AN_ARN ? 'anyWithinSegment' : token;
  });
}

/** Whether an ARN is like a pattern's: each of the six components is compared by itself, as the operators of conditions do. */
export function isLikeArn(pattern: Pattern, arn: string): boolean {
  const wanted = components(pattern, isColon);
  const seen = components([...arn], (character) => character === ':');
  return wanted.length === seen.length && wanted.every((component, index) => fits(component, seen[index].join('')));
}

/** The six components of an ARN: of its colons, those after the fifth belong to the last. */
function components<T>(parts: readonly T[], isSeparator: (part: T) => boolean): T[][] {
  const found: T[][] = [[]];
  for (const part of parts) {
    if (found.length <= COLONS_OF_AN_ARN && isSeparator(part)) {
      found.push([]);
    } else {
      found[found.length - 1].push(part);
    }
  }
  return found;
}

function isColon(token: Token): boolean {
  return typeof token === 'object' && token.is === ':';
}
