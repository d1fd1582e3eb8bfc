import { existsSync, readFileSync } from 'fs';
import { join } from 'path';
import { EXAMPLES } from '../../examples/names';

const FOLDER = join(__dirname, '..', '..', 'examples');
const sections = readFileSync(join(FOLDER, 'README.md'), 'utf8').split(/^## /m).slice(1).map((text) => ({ name: text.split('\n')[0], text }));

/** The tests that a text names: `[title](file)`. */
function testsIn(text: string): { title: string; file: string }[] {
  return [...text.matchAll(/\[([^\]]+)\]\(([^)]+\.test\.ts)\)/g)].map(([, title, file]) => ({ title, file }));
}

/** The rows of its table that name no test. */
function unprovenIn(text: string): string[] {
  const [, , ...rows] = text.split('\n').filter((line) => line.startsWith('|'));
  return rows.filter((row) => testsIn(row).length === 0);
}

function isTitleIn(file: string, title: string): boolean {
  const path = join(FOLDER, file);
  return existsSync(path) && readFileSync(path, 'utf8').replace(/\\'/g, "'").includes(`'${title}'`);
}

test('each system is an example, and each example but the quickstart a system', () => {
  expect(sections.map(({ name }) => name).sort()).toEqual(EXAMPLES.filter((name) => name !== 'quickstart').sort());
});

test.each(sections.map(({ name, text }) => [name, text] as const))('what %s has to do is shown by tests that exist', (_name, text) => {
  expect(testsIn(text)).not.toEqual([]);
  expect(unprovenIn(text)).toEqual([]);
  expect(testsIn(text).filter(({ file, title }) => !isTitleIn(file, title))).toEqual([]);
});
