import { globSync } from 'node:fs';
import { buildSync } from 'esbuild';

const ENDING = '.lambda.ts';
const HANDLERS = globSync(`lambda-src/**/*${ENDING}`);

// All at once: to start a bundler takes longer than to bundle.
buildSync({
  // A construct names its bundle by the handler's file, without what all of them end in.
  entryPoints: HANDLERS.map(handler => ({ in: handler, out: `${handler.slice(0, -ENDING.length)}/index` })),
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'cjs',
  minify: true,
  mainFields: ['module', 'main'],
  logLevel: 'warning',
  outdir: 'assets',
});
