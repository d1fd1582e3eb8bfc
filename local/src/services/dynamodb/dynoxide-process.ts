import { ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { findDynoxide } from './dynoxide-binary';

const READY = /listening|Listening/;
const START_TIMEOUT_MS = 10_000;
const ATTEMPTS = 5;

/** A dynoxide of our own: in memory, on a free port, gone when the local cloud is. */
export class DynoxideProcess {
  public static async start(): Promise<DynoxideProcess> {
    const binary = findDynoxide();
    for (let attempt = 1; ; attempt++) {
      const port = await freePort();
      try {
        return new DynoxideProcess(await launch(binary, port), `http://127.0.0.1:${port}`);
      } catch (error) {
        // Another process may have taken the port since it was found free.
        if (attempt === ATTEMPTS) {
          throw error;
        }
      }
    }
  }

  private constructor(private readonly child: ChildProcess, public readonly url: string) {
    process.once('exit', this.kill);
  }

  public async stop(): Promise<void> {
    process.removeListener('exit', this.kill);
    if (this.child.exitCode === null && this.child.signalCode === null) {
      await new Promise<void>((resolve) => {
        this.child.once('exit', () => resolve());
        this.kill();
      });
    }
  }

  private readonly kill = (): void => {
    this.child.kill('SIGKILL');
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function launch(binary: string, port: number): Promise<ChildProcess> {
  const child = spawn(binary, ['serve', '--host', '127.0.0.1', '--port', String(port)], { stdio: ['ignore', 'pipe', 'pipe'] });
  return new Promise((resolve, reject) => {
    let printed = '';
    const fail = (why: string): void => {
      clearTimeout(timer);
      child.kill('SIGKILL');
      reject(new Error(`the database ${binary} did not start: ${why}; it printed: ${printed.trim() || 'nothing'}`));
    };
    const timer = setTimeout(() => fail(`not ready within ${START_TIMEOUT_MS / 1000} s`), START_TIMEOUT_MS);
    const read = (chunk: Buffer): void => {
      printed = (printed + chunk.toString()).slice(-2000);
      if (READY.test(printed)) {
        clearTimeout(timer);
        resolve(child);
      }
    };
    child.stdout!.on('data', read);
    child.stderr!.on('data', read);
    child.once('error', (error) => fail(error.message));
    child.once('exit', (code) => fail(`it ended with code ${code}`));
  });
}
