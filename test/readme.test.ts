import { readFileSync } from 'fs';
import { join } from 'path';
import { blocksOf } from './support/code-blocks';

const ROOT = join(__dirname, '..');

test('the README begins with an example of at most fifteen lines', () => {
  const [first] = blocksOf('README.md').values();

  expect(first.trim().split('\n').length).toBeLessThanOrEqual(15);
});

test.each(['minimal-saga', 'rest-with-email'])('the README shows the example %s as it is', (example) => {
  const app = readFileSync(join(ROOT, 'examples', example, 'app.ts'), 'utf8');

  expect([...blocksOf('README.md').values()]).toContain(app);
});
