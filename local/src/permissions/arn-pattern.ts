import { fits, literal, Pattern, patternOf } from './pattern';

type Token = Pattern['tokens'][number];

const COLONS_OF_AN_ARN = 5;

/**
 * The pattern of a policy's Resource. A `*` that is the last character of an ARN's segment can pass colons; another one, and
 * a `?`, stay within their segment.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
export function resourcePattern({ tokens }: Pattern): Pattern {
  let colons = 0;
  return patternOf(tokens.map((token, index) => {
    colons += isColon(token) ? 1 : 0;
    if (colons >= COLONS_OF_AN_ARN) {
      return token;
    }
    const next = tokens[index + 1];
    const endsSegment = next === undefined || isColon(next);
    return token === 'one' ? 'oneWithinSegment' : token === 'any' && !endsSegment ? 'anyWithinSegment' : token;
  }));
}

/** Whether an ARN is like a pattern's: each of the six components is compared by itself, as the operators of conditions do. */
export function isLikeArn(pattern: Pattern, arn: string): boolean {
  const wanted = components(pattern.tokens);
  const seen = components(literal(arn).tokens);
  return wanted.length === COLONS_OF_AN_ARN + 1
    && wanted.length === seen.length
    && wanted.every((component, index) => fits(component, seen[index].exactly!));
}

/** The six components of an ARN: of its colons, those after the fifth belong to the last. */
function components(tokens: readonly Token[]): Pattern[] {
  const found: Token[][] = [[]];
  for (const token of tokens) {
    if (found.length <= COLONS_OF_AN_ARN && isColon(token)) {
      found.push([]);
    } else {
      found[found.length - 1].push(token);
    }
  }
  return found.map(patternOf);
}

function isColon(token: Token): boolean {
  return typeof token === 'object' && token.is === ':';
}
