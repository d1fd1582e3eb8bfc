import { LeafTest, onText } from './leaf-pattern';
import { PatternError } from './pattern-error';

/** Text with `*` for any text. `\*` is a star, `\\` a backslash. */
export function wildcard(pattern: string): LeafTest {
  const [first, ...others] = pieces(pattern);
  const last = others.pop();
  if (last === undefined) {
    return onText((text) => text === first);
  }
  return onText((text) => {
    if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) {
      return false;
    }
    let at = first.length;
    for (const piece of others) {
      const found = text.indexOf(piece, at);
      if (found < 0) {
        return false;
      }
      at = found + piece.length;
    }
    return at <= text.length - last.length;
  });
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
