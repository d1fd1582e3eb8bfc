import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { Worker } from 'node:worker_threads';
import { FunctionConfig } from './function-config';
import { contextOf } from './function-context';
import { exited, FunctionError, InvocationOutcome, timedOut } from './function-error';
import { BackgroundWork } from '../../background-work';
import { RECEIVERS } from '../posts/receivers';

/** Loading the code gets ten seconds, as on AWS; it does not count as the first invocation's time. */
const INIT_TIMEOUT_SECONDS = 10;

export interface InstanceOptions {
  readonly modulePaths: readonly string[];
  /** Set where time is virtual: then the function sees this time, standing still while it runs. */
  readonly virtualNow?: () => number;
  readonly onLog: (line: string) => void;
  readonly background: BackgroundWork;
}

interface Pending {
  readonly requestId: string;
  readonly settle: (outcome: InvocationOutcome) => void;
}

type WorkerMessage = { ready: true } | { initError: FunctionError } | { id: string; result: string } | { id: string; error: FunctionError };

/** One warm sandbox of a function: a thread with its own environment, handling one event at a time. */
export class FunctionInstance {
  public alive = true;
  private readonly worker: Worker;
  private readonly started: Promise<FunctionError | undefined>;
  private pending: Pending | undefined;

  constructor(private readonly config: FunctionConfig, private readonly options: InstanceOptions) {
    this.worker = new Worker(join(__dirname, 'worker.js'), {
      env: { ...config.environment },
      execArgv: [],
      workerData: {
        root: config.root,
        handler: config.handler,
        standsAlone: config.standsAlone,
        modulePaths: options.modulePaths,
        receivers: Object.keys(RECEIVERS),
        virtualTime: options.virtualNow !== undefined,
        now: options.virtualNow?.(),
      },
      resourceLimits: { maxOldGenerationSizeMb: config.memoryMb },
      stdout: true,
      stderr: true,
    });
    this.log(this.worker.stdout);
    this.log(this.worker.stderr);
    this.started = new Promise((resolve) => this.listen(resolve));
  }

  public async invoke(requestId: string, event: string): Promise<InvocationOutcome> {
    const initError = await this.started;
    if (initError || !this.alive) {
      this.retire();
      return { failed: initError ?? exited(requestId, 'without providing a reason') };
    }
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.pending?.settle({ failed: timedOut(this.now(), requestId, this.config.timeoutSeconds) });
        this.retire();
      }, this.config.timeoutSeconds * 1000);
      this.pending = {
        requestId,
        settle: (outcome) => {
          clearTimeout(timer);
          this.pending = undefined;
          resolve(outcome);
        },
      };
      this.worker.postMessage({
        id: requestId,
        event,
        now: this.options.virtualNow?.(),
        timeoutMs: this.config.timeoutSeconds * 1000,
        context: contextOf(this.config, requestId),
      });
    });
  }

  public async terminate(): Promise<void> {
    this.alive = false;
    await this.worker.terminate();
  }

  private retire(): void {
    this.alive = false;
    this.options.background.run(this.config.name, () => this.terminate());
  }

  private listen(started: (error: FunctionError | undefined) => void): void {
    const initTimer = setTimeout(() => {
      started(timedOut(this.now(), 'init', INIT_TIMEOUT_SECONDS));
    }, INIT_TIMEOUT_SECONDS * 1000);
    const init = (error: FunctionError | undefined): void => {
      clearTimeout(initTimer);
      started(error);
    };
    this.worker.on('message', (message: WorkerMessage) => {
      if ('ready' in message) {
        init(undefined);
      } else if ('initError' in message) {
        init(message.initError);
      } else if (message.id === this.pending?.requestId) {
        this.pending.settle('error' in message ? { failed: message.error } : { payload: message.result });
      }
    });
    this.worker.on('error', (error: Error) => this.ended(init, `with error: ${describeEnd(error)}`));
    this.worker.on('exit', (code) => this.ended(init, code === 0 ? 'without providing a reason' : `with error: exit status ${code}`));
  }

  private ended(init: (error: FunctionError) => void, how: string): void {
    this.alive = false;
    init(exited('init', how));
    this.pending?.settle({ failed: exited(this.pending.requestId, how) });
  }

  private log(stream: Readable): void {
    createInterface({ input: stream }).on('line', this.options.onLog);
  }

  private now(): number {
    return this.options.virtualNow?.() ?? Date.now();
  }
}

function describeEnd(error: Error): string {
  return (error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'signal: killed' : error.message;
}
