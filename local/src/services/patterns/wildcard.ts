import { LeafTest, onText } from './leaf-pattern';
import { PatternError } from './pattern-error';
import { fitsBetweenStars } from '../../stars';

/** Text with `*` for any text. `\*` is a star, `\\` a backslash. */
export function wildcard(pattern: string): LeafTest {
  const parts = pieces(pattern);
  return onText((text) => fitsBetweenStars(parts, text));
}

/** What stands between the stars. */
function pieces(pattern: string): string[] {
  const found = [''];
  for (let index = 0; index < pattern.length; index++) {
    const character = pattern[index];
    const next = pattern[index + 1];
    if (character === '*') {
      if (next === '*') {
        throw new PatternError(`Consecutive wildcard characters at pos ${position(pattern, index)}`);
      }
      found.push('');
    } else if (character !== '\\') {
      found[found.length - 1] += character;
    } else if (next === '*' || next === '\\') {
      found[found.length - 1] += next;
      index++;
    } else {
      throw new PatternError(`Invalid escape character at pos ${position(pattern, index)}`);
    }
  }
  return found;
}

/** Counted in bytes, after the quotation mark. */
function position(pattern: string, index: number): number {
  return 1 + Buffer.byteLength(pattern.slice(0, index));
}
