import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { describeBusyStack } from './busy-stack';
import { allGone } from '../cli/process-group';

/** All 200 at night, a sample with every change. */
const CLOUDS = Number(process.env.CLOSED_CLOUDS ?? 20);
const PACKAGE = join(__dirname, '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'cdk-order-workflow-'));
const cdkOut = join(folder, 'cdk.out');

beforeAll(() => {
  execFileSync(process.execPath, [require.resolve('typescript/bin/tsc'), '--build', PACKAGE]);
  const app = new App({ outdir: cdkOut });
  describeBusyStack(new Stack(app, 'Shop'));
  app.synth();
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true }));

test(`${CLOUDS} clouds that are closed under load leave nothing behind, and no error`, async () => {
  const child = spawn(process.execPath, [join(__dirname, 'close-clouds.mts'), cdkOut, String(CLOUDS)], {
    stdio: ['ignore', 'pipe', 'pipe'], detached: true, cwd: PACKAGE,
  });
  let printed = '';
  child.stdout.on('data', (chunk: Buffer) => printed += chunk.toString());
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => errors += chunk.toString());

  const [code] = await once(child, 'close');

  expect(errors).toBe('');
  expect(code).toBe(0);
  expect(JSON.parse(printed)).toEqual({ clouds: String(CLOUDS), left: [] });
  await allGone(child.pid!);
}, CLOUDS * 10_000);
