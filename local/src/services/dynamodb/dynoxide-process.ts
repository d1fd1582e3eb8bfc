import { ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { findDynoxide } from './dynoxide-binary';

const READY = /listening/i;
const START_TIMEOUT_MS = 10_000;
const ATTEMPTS = 5;

/**
 * Runs a program until the file behind descriptor 3 ends, which it does when we end, however that happens:
 * so the database does not outlive a process that was terminated.
 */
const GUARD = '"$0" "$@" & program=$!; (read -r _ <&3; kill -9 "$program") 2>/dev/null & wait "$program"';

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

  private constructor(private readonly child: ChildProcess, public readonly url: string) {}

  public async stop(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      await new Promise<void>((resolve) => {
        this.child.once('exit', () => resolve());
        end(this.child);
      });
    }
  }
}

function end(child: ChildProcess): void {
  child.stdio[3]?.destroy();
  if (process.platform === 'win32') {
    child.kill();
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function launch(binary: string, port: number): Promise<ChildProcess> {
  const program = [binary, 'serve', '--host', '127.0.0.1', '--port', String(port)];
  const [command, ...args] = process.platform === 'win32' ? program : ['/bin/sh', '-c', GUARD, ...program];
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe', 'pipe'] });
  return new Promise((resolve, reject) => {
    let printed = '';
    const fail = (why: string): void => {
      clearTimeout(timer);
      end(child);
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
    // They stay: without a listener, an error of a process that was ended from outside would end ours.
    child.stdio[3]!.on('error', () => undefined);
    child.on('error', (error) => fail(error.message));
    child.once('exit', (code) => fail(`it ended with code ${code}`));
  });
}
