import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import { findDynoxide } from '../../src/services/dynamodb/dynoxide-binary';
import { DynoxideProcess } from '../../src/services/dynamodb/dynoxide-process';

function answers(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.on('connect', () => resolve(true)).on('error', () => resolve(false)).on('connect', () => socket.destroy());
  });
}

test('the database is there until it is stopped', async () => {
  const database = await DynoxideProcess.start();
  expect(await answers(database.url)).toBe(true);
  await database.stop();
  expect(await answers(database.url)).toBe(false);
});

test('the database ends with a process that is terminated', async () => {
  const program = `
    require('ts-node').register({ transpileOnly: true, compilerOptions: { module: 'CommonJS', moduleResolution: 'Node' } });
    const { DynoxideProcess } = require(${JSON.stringify(require.resolve('../../src/services/dynamodb/dynoxide-process'))});
    DynoxideProcess.start().then(({ url }) => console.log(url));`;
  const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
  const url = await new Promise<string>((resolve) => child.stdout.once('data', (data: Buffer) => resolve(data.toString().trim())));
  expect(await answers(url)).toBe(true);

  // The database gets no signal: it notices that the process is gone.
  const gone = new Promise((resolve) => child.once('close', resolve));
  child.kill('SIGKILL');
  await gone;
  while (await answers(url)) {
    await new Promise((resolve) => setImmediate(resolve));
  }
});

test('a binary that is not there is named, with what to do', () => {
  expect(() => findDynoxide({ DYNOXIDE_BIN: '/nowhere/dynoxide' })).toThrow(
    'DYNOXIDE_BIN is /nowhere/dynoxide, but there is no such file; correct it, or unset it to use the installed one',
  );
});

test('a program that is no database is named, with what it printed', async () => {
  const before = process.env.DYNOXIDE_BIN;
  process.env.DYNOXIDE_BIN = process.execPath;
  try {
    await expect(DynoxideProcess.start()).rejects.toThrow(/^the database .* did not start: it ended with code [1-9]\d*; it printed: .*serve/s);
  } finally {
    process.env.DYNOXIDE_BIN = before ?? '';
  }
});
