import { readFileSync, readdirSync } from 'fs';
import { join } from 'path';

/** The examples of this folder. */
export const EXAMPLES = readdirSync(__dirname, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name);

/** What an example says of itself: the first sentence of its README. */
export function sentenceOf(example: string): string {
  const [, text] = readFileSync(join(__dirname, example, 'README.md'), 'utf8').split(/\n\n/);
  return /^.*?\.(?=\s|$)/s.exec(text)?.[0].replace(/\n/g, ' ') ?? '';
}

/** Whether there is such an example; if not, the terminal lists them, and the exit code is 2. */
export function isExample(name: string): boolean {
  const known = EXAMPLES.includes(name);
  if (!known) {
    console.error(`there is no example '${name}': choose one of ${EXAMPLES.join(', ')}`);
    process.exitCode = 2;
  }
  return known;
}
