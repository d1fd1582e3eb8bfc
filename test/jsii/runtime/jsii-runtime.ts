import { ChildProcessByStdio, spawn } from 'child_process';
import { once } from 'events';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import * as readline from 'readline';
import { Readable, Writable } from 'stream';
import { installedPackage } from './installed-package';

/** An object in the runtime. */
export interface ObjectReference {
  readonly '$jsii.byref': string;
}

/** An object whose class is written outside of JavaScript, as far as the runtime knows. */
export interface ForeignObject {
  readonly properties?: { readonly [name: string]: unknown };
  readonly methods?: { readonly [name: string]: (...args: any[]) => Promise<unknown> };
}

interface Callback {
  readonly cbid: string;
  readonly cookie: string;
  readonly get?: { readonly property: string };
  readonly invoke?: { readonly method: string; readonly args?: unknown[] };
}

/**
 * The process in which a Python or Java program keeps its constructs, and the program's end of the line to it.
 *
 * Both sides write JSON, a message a line. While the runtime works on a request it may call back into the program,
 * which may make further requests before it answers.
 */
export class JsiiRuntime {
  public static async start(): Promise<JsiiRuntime> {
    const runtime = new JsiiRuntime();
    await runtime.read();
    return runtime;
  }

  /** Lives as long as the runtime. */
  public readonly directory = fs.mkdtempSync(path.join(os.tmpdir(), 'jsii-'));
  private readonly process: ChildProcessByStdio<Writable, Readable, null>;
  private readonly lines: AsyncIterator<string>;
  private readonly foreignObjects = new Map<string, ForeignObject>();

  private constructor() {
    this.process = spawn(process.execPath, [require.resolve('@jsii/runtime/webpack/bin/jsii-runtime.js')], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, TMPDIR: this.directory, CDK_VALIDATION: 'false', JSII_RUNTIME_PACKAGE_CACHE: 'disabled' },
    });
    this.lines = readline.createInterface({ input: this.process.stdout })[Symbol.asyncIterator]();
  }

  public async load(packageDirectory: string): Promise<void> {
    await this.request({ api: 'load', ...installedPackage(packageDirectory, this.directory) });
  }

  public async create(fqn: string, args: unknown[] = []): Promise<ObjectReference> {
    return this.request({ api: 'create', fqn, args });
  }

  /** Lets the runtime see an object of the program as one that implements an interface. */
  public async implement(fqn: string, object: ForeignObject): Promise<ObjectReference> {
    const cookie = `object-${this.foreignObjects.size}`;
    this.foreignObjects.set(cookie, object);
    return this.request({
      api: 'create',
      fqn: 'Object',
      interfaces: [fqn],
      overrides: [
        ...Object.keys(object.properties ?? {}).map((property) => ({ property, cookie })),
        ...Object.keys(object.methods ?? {}).map((method) => ({ method, cookie })),
      ],
    });
  }

  public async get(object: ObjectReference, property: string): Promise<any> {
    return (await this.request({ api: 'get', objref: object, property })).value;
  }

  public async getStatic(fqn: string, property: string): Promise<any> {
    return (await this.request({ api: 'sget', fqn, property })).value;
  }

  public async invoke(object: ObjectReference, method: string, args: unknown[] = []): Promise<any> {
    return (await this.request({ api: 'invoke', objref: object, method, args })).result;
  }

  public async invokeStatic(fqn: string, method: string, args: unknown[] = []): Promise<any> {
    return (await this.request({ api: 'sinvoke', fqn, method, args })).result;
  }

  public async stop(): Promise<void> {
    const exited = once(this.process, 'exit');
    this.write({ exit: 0 });
    this.process.stdin.end();
    await exited;
    fs.rmSync(this.directory, { recursive: true });
  }

  private async request(message: object): Promise<any> {
    this.write(message);
    for (;;) {
      const response = await this.read();
      if ('callback' in response) {
        this.write({ complete: { cbid: response.callback.cbid, ...await this.answer(response.callback) } });
      } else if ('error' in response) {
        throw new Error(response.error);
      } else {
        return response.ok;
      }
    }
  }

  private async answer({ cookie, get, invoke }: Callback): Promise<{ result?: unknown; err?: string }> {
    const { properties, methods } = this.foreignObjects.get(cookie)!;
    try {
      return { result: get ? properties![get.property] : await methods![invoke!.method](...invoke!.args ?? []) };
    } catch (error) {
      return { err: (error as Error).message };
    }
  }

  private write(message: object): void {
    this.process.stdin.write(`${JSON.stringify(message)}\n`);
  }

  private async read(): Promise<any> {
    const { done, value } = await this.lines.next();
    if (done) {
      throw new Error('the jsii runtime has ended');
    }
    return JSON.parse(value);
  }
}

/** A struct, as the runtime takes it by value. */
export function struct(fqn: string, data: object): object {
  return { '$jsii.struct': { fqn, data } };
}
