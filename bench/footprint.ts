import childProcess from 'child_process';
import { readdirSync, statSync } from 'fs';
import { join } from 'path';
import { Example, synth } from './synth';

const BUNDLES = join(__dirname, '..', 'assets', 'lambda-src');
const STARTERS = ['exec', 'execFile', 'execFileSync', 'execSync', 'fork', 'spawn', 'spawnSync'] as const;

/** How many resources an example deploys, those of the team included. */
export function resourceCount(example: Example): number {
  return Object.keys(synth(example).Resources ?? {}).length;
}

/** The bundles of the handlers and their sizes in bytes. */
export function bundleSizes(): [handler: string, bytes: number][] {
  return readdirSync(BUNDLES, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('index.js'))
    .map((file) => [file.replace(/.index\.js$/, ''), statSync(join(BUNDLES, file)).size] as [string, number])
    .sort();
}

/** What was started as another process meanwhile. */
export function processesStartedBy(work: () => void): string[] {
  const started: string[] = [];
  const module = childProcess as Record<string, any>;
  const originals = STARTERS.map((name) => [name, module[name]] as const);
  for (const [name, original] of originals) {
    module[name] = (...args: unknown[]) => {
      started.push(`${name} ${args[0]}`);
      return original(...args);
    };
  }
  try {
    work();
  } finally {
    originals.forEach(([name, original]) => { module[name] = original; });
  }
  return started;
}
