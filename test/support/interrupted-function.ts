import { Readable } from 'node:stream';

interface Client {
  readonly config: { readonly requestHandler: { handle(request: any, options?: any): Promise<any> } };
}

/** An invocation that stops for ever at one of its requests: before it is sent, or after it was carried out. */
export class InterruptedFunction {
  /** Resolves when the invocation has stopped. */
  public readonly happened: Promise<'interrupted'>;
  private calls = 0;
  private stop!: (outcome: 'interrupted') => void;

  public constructor(private readonly atCall: number, private readonly when: 'before' | 'after') {
    this.happened = new Promise(resolve => { this.stop = resolve; });
  }

  public intercept(client: Client): void {
    const { requestHandler } = client.config;
    const handle = requestHandler.handle.bind(requestHandler);
    requestHandler.handle = async (request, options) => {
      const isLast = ++this.calls === this.atCall;
      if (isLast && this.when === 'before') return this.never();
      const reply = await handle(request, options);
      if (!isLast) return reply;
      (reply.response.body as Readable).resume();
      return this.never();
    };
  }

  private async never(): Promise<never> {
    this.stop('interrupted');
    return new Promise<never>(() => {});
  }
}
