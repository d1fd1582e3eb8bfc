import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { AddressInfo, connect, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** A DynamoDB engine in a process of its own, with its data in memory. */
export interface Engine {
  readonly endpoint: string;
  stop(): Promise<void>;
}

/** Starts an engine for one test file. Stop it afterwards: nothing of it is left then. */
export async function startEngine(): Promise<Engine> {
  const port = await freePort();
  const child = spawn(binary(), ['serve', '--host', '127.0.0.1', '--port', String(port)], { stdio: 'ignore' });
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  await listening(child, port);
  return {
    endpoint: `http://127.0.0.1:${port}`,
    stop: async () => {
      process.off('exit', kill);
      const exited = once(child, 'exit');
      kill();
      await exited;
    },
  };
}

function binary(): string {
  if (process.env.DYNOXIDE_BIN) return process.env.DYNOXIDE_BIN;
  const packageName = `@dynoxide/${process.platform}-${process.arch}`;
  const name = process.platform === 'win32' ? 'dynoxide.exe' : 'dynoxide';
  for (const folder of module.paths) {
    const path = join(folder, packageName, name);
    if (existsSync(path)) return path;
  }
  throw new Error(`the tests need a DynamoDB engine: install ${packageName}, or name the dynoxide binary in DYNOXIDE_BIN`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function listening(child: ChildProcess, port: number): Promise<void> {
  while (child.exitCode === null) {
    const socket = connect(port, '127.0.0.1');
    const answered = await once(socket, 'connect').then(() => true, () => false);
    socket.destroy();
    if (answered) return;
    await pause(5);
  }
  throw new Error(`the DynamoDB engine ended with code ${child.exitCode} before it listened on port ${port}`);
}
