import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The files of the contract that the local cloud reads. Its package contains a copy, because it does not depend on the library. */
export const COPIED_FILES = ['alert-kinds.ts', 'field-rules.ts', 'order-row.ts', 'state-names.ts', 'statuses.ts'];

const SOURCE = 'src/contract';
export const COPY = 'local/src/contract';

/** The text of a copied file, under a line that names its source. */
export function copyOf(file: string, root: string): string {
  return `// A copy of ${SOURCE}/${file} that the task build:local makes: change the source instead.\n${readFileSync(join(root, SOURCE, file), 'utf8')}`;
}
