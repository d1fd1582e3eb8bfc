import { readdirSync } from 'fs';
import { join } from 'path';
import { EXAMPLES } from '../../examples/names';
import { templatesOf } from '../../examples/synth';
import { sectionIn, sectionsOf, updateSnapshot } from '../support/snapshot';

const SNAPSHOTS = join(__dirname, 'snapshots');

test.each(EXAMPLES)('the example %s has this template', (example) => {
  const file = join(SNAPSHOTS, `${example}.snap.txt`);
  const sections = sectionsOf(templatesOf(example));
  updateSnapshot(file, sections);

  for (const { heading, text } of sections) {
    expect(sectionIn(file, heading)).toBe(text);
  }
});

test('each snapshot is that of an example', () => {
  expect(readdirSync(SNAPSHOTS).sort()).toEqual(EXAMPLES.map((example) => `${example}.snap.txt`).sort());
});
