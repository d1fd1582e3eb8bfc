import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join, resolve } from 'path';
import { Template } from './definition';

/**
 * Synthesizes an example as the CDK's own command does: its app is run, and writes when the process is about to end.
 * Once in a process, as its app is loaded only once.
 */
export function synth(example: string, output: string): void {
  mkdirSync(output, { recursive: true });
  process.env.CDK_OUTDIR = output;
  const others = process.listeners('beforeExit');
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- it must have run when this returns
  require(resolve(join(__dirname, example, 'app')));
  for (const writeAssembly of process.listeners('beforeExit').filter((listener) => !others.includes(listener))) {
    process.off('beforeExit', writeAssembly);
    writeAssembly(0);
  }
}

/** The templates of an example, by the names of their stacks. */
export function templatesOf(example: string): Map<string, Template> {
  const output = mkdtempSync(join(tmpdir(), 'cdk-order-workflow-'));
  try {
    synth(example, output);
    const files = readdirSync(output).filter((name) => name.endsWith('.template.json'));
    return new Map(files.map((file) => [file.replace('.template.json', ''), JSON.parse(readFileSync(join(output, file), 'utf8'))]));
  } finally {
    rmSync(output, { recursive: true });
  }
}
