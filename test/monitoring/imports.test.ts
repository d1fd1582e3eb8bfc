import { readFileSync, readdirSync } from 'fs';
import { join, relative, resolve } from 'path';

const SRC = join(__dirname, '..', '..', 'src');
const MONITORING = join(SRC, 'monitoring');
/** The files outside of its folder that the monitoring may import. */
const ALLOWED = ['watch-list', 'private/alarm-notification', 'private/fitted', 'private/validation-error'];

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts')).map((name) => join(folder, name));
}

function importsOf(file: string): string[] {
  return [...readFileSync(file, 'utf8').matchAll(/(?:from|import|require)\s*\(?'([^']+)'/g)].map(([, name]) => name);
}

test.each(filesIn(MONITORING).map((file) => relative(MONITORING, file)))('%s of the monitoring imports no construct of the library', (name) => {
  const file = join(MONITORING, name);
  for (const imported of importsOf(file)) {
    if (imported.startsWith('.')) {
      const path = resolve(file, '..', imported);
      expect(path.startsWith(MONITORING) ? 'own folder' : relative(SRC, path)).toMatch(new RegExp(`^(own folder|${ALLOWED.join('|')})$`));
    } else {
      expect(['aws-cdk-lib', 'constructs']).toContain(imported);
    }
  }
});

test('what the monitoring imports from outside of its folder imports no construct of the library', () => {
  for (const name of ALLOWED) {
    for (const imported of importsOf(join(SRC, `${name}.ts`))) expect(['aws-cdk-lib', 'constructs']).toContain(imported);
  }
});
