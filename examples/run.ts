import { spawn } from 'child_process';
import { join, relative } from 'path';
import { DemoCommand, demoCommand } from './demo-command';
import { synth } from './synth';

/** Synthesizes an example and hands it to the local cloud, with its products and its orders. */
function run({ example, once, options }: DemoCommand): void {
  const folder = relative('.', join(__dirname, example));
  const output = join(folder, 'cdk.out');
  synth(example, output);
  const cloud = spawn(process.execPath, [
    join(__dirname, '..', 'local', 'lib', 'cli', 'main.js'), output,
    '--seed', join(folder, 'seed.json'), once ? '--once' : '--orders', join(folder, 'orders.json'),
    ...options,
  ], { stdio: 'inherit' });
  // The terminal sends Ctrl-C to both; this one waits for the other to end.
  process.on('SIGINT', () => undefined);
  cloud.on('exit', (code) => process.exit(code ?? 1));
}

const command = demoCommand(process.argv.slice(2));
if (command) {
  run(command);
}
