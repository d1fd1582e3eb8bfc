import { spawn } from 'child_process';
import { join, relative } from 'path';
import { parseArgs } from 'util';
import { isExample } from './names';
import { synth } from './synth';

/** Synthesizes an example and hands it to the local cloud, with its products and its orders. */
function run(example: string, { once, logs }: { once?: boolean; logs?: boolean }): void {
  const folder = relative('.', join(__dirname, example));
  const output = join(folder, 'cdk.out');
  synth(example, output);
  const cloud = spawn(process.execPath, [
    join(__dirname, '..', 'local', 'lib', 'cli', 'main.js'), output,
    '--seed', join(folder, 'seed.json'), once ? '--once' : '--orders', join(folder, 'orders.json'),
    ...(logs ? ['--logs'] : []),
  ], { stdio: 'inherit' });
  // The terminal tells Ctrl-C to both; this one waits for the other to end.
  process.on('SIGINT', () => undefined);
  cloud.on('exit', (code) => process.exit(code ?? 1));
}

const { values, positionals: [example = 'quickstart'] } = parseArgs({
  options: { once: { type: 'boolean' }, logs: { type: 'boolean' } }, allowPositionals: true,
});
if (isExample(example)) {
  run(example, values);
}
