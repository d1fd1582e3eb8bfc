import { spawn, spawnSync } from 'child_process';
import { join } from 'path';

interface Match {
  readonly Filename: string;
  readonly Rule: { readonly Id: string };
  readonly Message: string;
  readonly Location: { readonly Path: ReadonlyArray<string | number> | null };
}

/** The command: in the virtual environment that CFN_LINT_VENV names, or on the PATH; undefined if there is none. */
export function cfnLintCommand(): string | undefined {
  const { CFN_LINT_VENV: venv } = process.env;
  const command = venv ? join(venv, 'bin', 'cfn-lint') : 'cfn-lint';
  return spawnSync(command, ['--version']).status === 0 ? command : undefined;
}

/** What cfn-lint finds in templates, each in a line; half of them at a time, as it works on one core. */
export async function findingsIn(command: string, files: string[], ignored: string[]): Promise<string[]> {
  const halves = [0, 1].map((half) => files.filter((_, index) => index % 2 === half)).filter(({ length }) => length > 0);
  return (await Promise.all(halves.map((half) => run(command, [...half, '--format', 'json', '--ignore-checks', ...ignored])))).flat();
}

async function run(command: string, options: string[]): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const lint = spawn(command, options);
    let [out, errors] = ['', ''];
    lint.stdout.on('data', (data) => (out += data));
    lint.stderr.on('data', (data) => (errors += data));
    lint.on('error', reject);
    lint.on('close', () => {
      try {
        resolve((JSON.parse(out || '[]') as Match[]).map(({ Filename, Rule, Message, Location }) =>
          `${Filename.replace(/^.*\//, '')}: ${Rule.Id} ${Message} at ${(Location.Path ?? []).join('/')}`));
      } catch {
        reject(new Error(`cfn-lint failed: ${errors || out}`));
      }
    });
  });
}
