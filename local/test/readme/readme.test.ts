import { readFileSync } from 'node:fs';
import { join } from 'node:path';

test('the test in the README is the one that is run here', () => {
  const readme = readFileSync(join(__dirname, '..', '..', 'README.md'), 'utf8');
  const shown = readFileSync(join(__dirname, 'payment.test.ts'), 'utf8');

  expect(readme).toContain(`\`\`\`ts\n${shown}\`\`\``);
});
