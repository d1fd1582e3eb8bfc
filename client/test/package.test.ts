import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const client = fileURLToPath(new URL('..', import.meta.url));
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
const run = (directory: string, ...args: string[]) => execFileSync(process.execPath, args, { cwd: directory, encoding: 'utf8' });

test('what is published runs, and its types need nothing of the DOM or of Node', (context) => {
  const project = mkdtempSync(join(tmpdir(), 'order-feed-'));
  context.after(() => rmSync(project, { recursive: true }));
  const installed = join(project, 'node_modules/cdk-order-workflow-client');
  mkdirSync(installed, { recursive: true });
  cpSync(join(client, 'package.json'), join(installed, 'package.json'));
  run(client, tsc, '--outDir', join(installed, 'lib'));

  writeFileSync(join(project, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(project, 'app.ts'), `
    import { OrderFeed, type OrderStatus } from 'cdk-order-workflow-client';
    const feed: OrderFeed = new OrderFeed({ url: 'wss://feed.example/prod' });
    const last: OrderStatus | undefined = feed.watch('o-1').last;
    // @ts-expect-error: the types are there, and strict
    feed.watch(1);
    export { last };
  `);
  for (const resolution of [['--module', 'node16'], ['--module', 'esnext', '--moduleResolution', 'bundler']]) {
    run(project, tsc, 'app.ts', '--noEmit', '--strict', '--target', 'es2022', '--lib', 'es2022', ...resolution);
  }
  const shown = run(project, '--input-type=module', '--eval', `
    import { OrderFeed } from 'cdk-order-workflow-client';
    process.stdout.write(new OrderFeed({ url: 'wss://feed.example/prod' }).state);
  `);
  assert.equal(shown, 'idle');
});
