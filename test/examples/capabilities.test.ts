import { existsSync, readFileSync } from 'fs';
import { join } from 'path';
import { EXAMPLES } from '../../examples/names';

const FOLDER = join(__dirname, '..', '..', 'examples');
const sections = readFileSync(join(FOLDER, 'README.md'), 'utf8').split(/^## /m).slice(1).map((text) => {
  const [name] = text.split('\n');
  const rows = [...text.matchAll(/^\| (?!---)(.+?) \| (.+?) \|$/gm)].slice(1).map(([, what, proof]) => ({ what, proof }));
  return { name, rows };
}).filter(({ rows }) => rows.length > 0);

/** The tests that a cell names: `[title](file)`. */
function testsIn(cell: string): { title: string; file: string }[] {
  return [...cell.matchAll(/\[(.+?)\]\((.+?)\)/g)].map(([, title, file]) => ({ title, file }));
}

function isTitleIn(file: string, title: string): boolean {
  const path = join(FOLDER, file);
  return existsSync(path) && readFileSync(path, 'utf8').replace(/\\'/g, "'").includes(`'${title}'`);
}

test('each system is an example, and each example but the quickstart a system', () => {
  expect(sections.map(({ name }) => name).sort()).toEqual(EXAMPLES.filter((name) => name !== 'quickstart').sort());
});

test.each(sections.map(({ name, rows }) => [name, rows] as const))('each capability of %s is shown by tests that exist', (_name, rows) => {
  expect(rows.filter(({ proof }) => testsIn(proof).length === 0)).toEqual([]);
  expect(rows.flatMap(({ proof }) => testsIn(proof)).filter(({ file, title }) => !isTitleIn(file, title))).toEqual([]);
});
