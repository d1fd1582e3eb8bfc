import { ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants, copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AssemblyFixture } from './assembly-fixture';
import { allGone, processesOf } from './process-group';
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

function signedFor(service: string, target: string): Record<string, string> {
  return {
    'authorization': `AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/${service}/aws4_request`,
    'content-type': 'application/x-amz-json-1.0',
    'x-amz-target': target,
  };
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

test('a cloud whose database is ended from outside still responds, and ends by itself', async () => {
  const { child, printed, until } = start(shop.cdkOut);
  await until('Ctrl-C ends it');
  const endpoint = /AWS endpoint +(\S+)/.exec(printed())![1];

  processesOf(child.pid!).filter((pid) => pid !== child.pid).forEach((pid) => process.kill(pid, 'SIGKILL'));
  await expect(fetch(endpoint, { headers: signedFor('dynamodb', 'DynamoDB_20120810.ListTables'), method: 'POST', body: '{}' })).rejects.toThrow();
  const response = await fetch(endpoint, { headers: signedFor('sqs', 'AmazonSQS.GetQueueUrl'), method: 'POST', body: '{"QueueName":"none"}' });
  child.kill('SIGINT');
  const [code] = await once(child, 'exit');

  expect(response.status).toBe(400);
  expect(code).toBe(0);
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
