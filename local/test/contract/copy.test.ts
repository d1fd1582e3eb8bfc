import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { COPIED_FILES, COPY, copyOf } from '../../../projenrc/contract-copy';

const ROOT = join(__dirname, '..', '..', '..');

test.each(COPIED_FILES)('the copy of the contract has %s as it is in the source', (file) => {
  expect(readFileSync(join(ROOT, COPY, file), 'utf8')).toBe(copyOf(file, ROOT));
});

test('the copy of the contract has no other file', () => {
  expect(readdirSync(join(ROOT, COPY)).sort()).toEqual([...COPIED_FILES].sort());
});
