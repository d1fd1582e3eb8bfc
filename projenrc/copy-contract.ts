import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { COPIED_FILES, COPY, copyOf } from './contract-copy';

mkdirSync(COPY, { recursive: true });
for (const file of COPIED_FILES) {
  writeFileSync(join(COPY, file), copyOf(file, '.'));
}
