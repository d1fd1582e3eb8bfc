import { ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants, copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AssemblyFixture } from './assembly-fixture';
import { anOrder, PRODUCTS } from '../testkit/shop-fixture';

const PACKAGE = join(__dirname, '..', '..');
const COMMAND = join(PACKAGE, 'bin', 'cdk-order-workflow-local.js');
const shop = new AssemblyFixture();

beforeAll(() => {
  execFileSync(process.execPath, [require.resolve('typescript/bin/tsc'), '--build', PACKAGE]);
}, 120_000);

afterAll(() => shop.remove());

function start(...args: string[]): { child: ChildProcess; printed: () => string; until: (text: string) => Promise<void> } {
  const child = spawn(process.execPath, [COMMAND, ...args], { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  let printed = '';
  child.stdout!.on('data', (chunk: Buffer) => {
    printed += chunk.toString();
  });
  const until = async (text: string): Promise<void> => {
    while (!printed.includes(text)) {
      await once(child.stdout!, 'data');
    }
  };
  return { child, printed: () => printed, until };
}

/** The processes of a group: the command's and all that it started, whichever their parent is by now. */
function processesOf(group: number): number[] {
  return execFileSync('ps', ['-axo', 'pid=,pgid=,stat='], { encoding: 'utf8' }).trim().split('\n')
    .map((line) => line.trim().split(/\s+/))
    // What has ended and only waits for its parent to notice runs no more.
    .filter(([, pgid, state]) => Number(pgid) === group && !state.startsWith('Z'))
    .map(([pid]) => Number(pid));
}

/** Resolves when no process of the group is left; the test's own time-out is what fails otherwise. */
async function allGone(group: number): Promise<void> {
  while (processesOf(group).length > 0) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}

test.each<NodeJS.Signals>(['SIGINT', 'SIGTERM', 'SIGHUP'])('%s leaves nothing running', async (signal) => {
  const { child, printed, until } = start(shop.cdkOut);
  await until('Ctrl-C ends it');
  const endpoint = /AWS endpoint +(\S+)/.exec(printed())![1];
  expect(processesOf(child.pid!).length).toBeGreaterThan(1);

  // To the whole group, as a terminal does.
  process.kill(-child.pid!, signal);
  const [code] = await once(child, 'exit');

  expect(code).toBe(0);
  await allGone(child.pid!);
  await expect(fetch(endpoint)).rejects.toThrow();
});

test('an interrupt while it starts leaves nothing running either', async () => {
  const { child, until } = start(shop.cdkOut);
  await until('starting the services');

  child.kill('SIGINT');
  const [code] = await once(child, 'exit');

  expect(code).toBe(0);
  await allGone(child.pid!);
});

test('a process that is terminated ends what it started', async () => {
  const { child, until } = start(shop.cdkOut);
  await until('Ctrl-C ends it');

  child.kill('SIGKILL');
  await once(child, 'exit');

  await allGone(child.pid!);
});

test('the command runs orders as a plain process, without colours in a pipe', async () => {
  const seed = shop.file('seed.json', { products: PRODUCTS });
  const orders = shop.file('orders.json', { orders: [{ order: anOrder('order-1'), expect: 'COMPLETED' }] });
  const { child, printed } = start(shop.cdkOut, '--seed', seed, '--once', orders);

  const [code] = await once(child, 'exit');

  expect(code).toBe(0);
  expect(printed()).toContain('✓ order-1 ended COMPLETED');
  expect(printed()).not.toContain('\u001b');
});

test('what is wrong goes to standard error, without a stack trace', async () => {
  const { child, printed } = start('no-such-folder');
  const [[chunk], [code]] = await Promise.all([once(child.stderr!, 'data'), once(child, 'exit')]);

  expect(code).toBe(2);
  expect(String(chunk)).toBe('there is no no-such-folder: run cdk synth first, or name the folder that it wrote\n');
  expect(printed()).toBe('');
});

test('what npm links is a file of the clone that can be executed, and says what to do before it is built', () => {
  const { bin, files } = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8')) as { bin: Record<string, string>; files: string[] };
  expect(join(PACKAGE, bin['cdk-order-workflow-local'])).toBe(COMMAND);
  expect(files).toContain('bin');
  accessSync(COMMAND, constants.X_OK);
  const clone = join(shop.folder, 'clone', 'bin');
  mkdirSync(clone, { recursive: true });
  copyFileSync(COMMAND, join(clone, 'command.js'));

  const { status, stdout, stderr } = spawnSync(process.execPath, [join(clone, 'command.js')], { encoding: 'utf8' });

  expect([status, stdout, stderr]).toEqual([2, '', 'cdk-order-workflow-local is not built yet: run npm run build:local first\n']);
});
