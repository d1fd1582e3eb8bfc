import { invokeWithBatch } from './batch-invocation';
import { MappingSettings, passesFilters } from './mapping-settings';
import { Json } from '../../../json';
import { ServiceContext } from '../../service-context';
import { Message, Queue } from '../../sqs/queue';
import { asRecord } from '../../sqs/received-message';

/** Feeds a function from a queue. What fails comes back when its visibility ends, as on AWS. */
export class QueueMapping {
  private running = 0;
  private gathering = false;

  constructor(private readonly settings: MappingSettings, private readonly queue: Queue, private readonly context: ServiceContext) {
    queue.onReady(() => this.wake());
    this.wake();
  }

  private wake(): void {
    const { batchSize, batchingWindowMs } = this.settings;
    if (batchingWindowMs > 0 && this.queue.counts.ready < batchSize) {
      this.gather(batchingWindowMs);
      return;
    }
    this.poll();
  }

  private gather(ms: number): void {
    if (!this.gathering) {
      this.gathering = true;
      this.context.clock.after(ms, () => {
        this.gathering = false;
        this.poll();
      });
    }
  }

  private poll(): void {
    while (this.running < this.settings.concurrency) {
      const messages = this.queue.receive(this.settings.batchSize);
      if (messages.length === 0) {
        return;
      }
      this.running++;
      this.context.background.run(this.settings.sourceArn, () => this.process(messages).finally(() => {
        this.running--;
        this.wake();
      }));
    }
  }

  private async process(messages: readonly Message[]): Promise<void> {
    const wanted = messages.filter((message) => passesFilters(this.settings, filterView(message, this.queue.settings.arn)));
    const unwanted = messages.filter((message) => !wanted.includes(message));
    unwanted.forEach(({ receipt }) => this.queue.delete(receipt!));
    if (wanted.length === 0) {
      return;
    }
    const records = wanted.map((message) => asRecord(message, this.queue.settings.arn));
    const { failed } = await invokeWithBatch(this.settings, this.context, records, wanted.map(({ id }) => id));
    wanted.filter(({ id }) => !failed.includes(id)).forEach(({ receipt }) => this.queue.delete(receipt!));
  }
}

/** Filters look into a body that is an object or a list in JSON; any other is text. */
function filterView(message: Message, queueArn: string): Json {
  const record = asRecord(message, queueArn);
  try {
    const body = JSON.parse(message.body) as Json;
    return typeof body === 'object' && body !== null ? { ...record, body } : record;
  } catch {
    return record;
  }
}
