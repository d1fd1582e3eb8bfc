import { LeafTest, onText } from './leaf-pattern';

/** Text that is the same but for its case, as the whole, or at one end. Each character may be its lower or its upper case. */
export function ignoringCase(part: string, at: 'whole' | 'prefix' | 'suffix' = 'whole'): LeafTest {
  const characters = Array.from(part, (character) => `(?:${literally(character.toLowerCase())}|${literally(character.toUpperCase())})`);
  const pattern = new RegExp(`${at === 'suffix' ? '' : '^'}${characters.join('')}${at === 'prefix' ? '' : '$'}`);
  return onText((text) => pattern.test(text));
}

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
