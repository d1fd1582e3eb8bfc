import { FunctionConfig } from './function-config';
import { InvocationOutcome } from './function-error';
import { FunctionInstance, InstanceOptions } from './function-instance';
import { FunctionRunner } from './function-runner';
import { CloudClosed } from '../../cloud-closed';

/** A function's instances: warm ones are used again; more are started while others work, up to a bound. */
export class FunctionPool implements FunctionRunner {
  private readonly idle: FunctionInstance[] = [];
  private readonly all = new Set<FunctionInstance>();
  private readonly waiting: Array<{ readonly take: (instance: FunctionInstance) => void; readonly refuse: (error: Error) => void }> = [];
  private closed = false;

  constructor(
    public readonly config: FunctionConfig,
    private readonly maxInstances: number,
    private readonly options: InstanceOptions,
  ) {}

  public async invoke(requestId: string, event: string): Promise<InvocationOutcome> {
    const instance = await this.take();
    try {
      return await instance.invoke(requestId, event);
    } finally {
      this.giveBack(instance);
    }
  }

  /** Ends all instances. Events that wait for one fail: a new one would outlive the cloud. */
  public async close(): Promise<void> {
    this.closed = true;
    this.waiting.splice(0).forEach(({ refuse }) => refuse(new CloudClosed()));
    await Promise.all([...this.all].map((instance) => instance.terminate()));
  }

  private take(): FunctionInstance | Promise<FunctionInstance> {
    if (this.closed) {
      throw new CloudClosed();
    }
    for (let instance = this.idle.pop(); instance; instance = this.idle.pop()) {
      if (instance.alive) {
        return instance;
      }
      this.all.delete(instance);
    }
    if (this.all.size < this.maxInstances) {
      return this.start();
    }
    return new Promise((take, refuse) => this.waiting.push({ take, refuse }));
  }

  private giveBack(instance: FunctionInstance): void {
    if (!instance.alive) {
      this.all.delete(instance);
    }
    const next = this.waiting.shift();
    if (next) {
      next.take(instance.alive ? instance : this.start());
    } else if (instance.alive) {
      this.idle.push(instance);
    }
  }

  private start(): FunctionInstance {
    const instance = new FunctionInstance(this.config, this.options);
    this.all.add(instance);
    return instance;
  }
}
