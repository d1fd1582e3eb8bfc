import { mkdirSync, readdirSync } from 'fs';
import { join, resolve } from 'path';

/** The examples of this folder. */
export const EXAMPLES = readdirSync(__dirname, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name);

/** Synthesizes an example as the CDK's own command does: its app is run, and writes when the process is about to end. */
export function synth(example: string, output: string): Promise<void> {
  mkdirSync(output, { recursive: true });
  process.env.CDK_OUTDIR = output;
  require(resolve(join(__dirname, example, 'app')));
  return new Promise((done) => process.once('beforeExit', () => done()));
}
