import { invokeWithBatch } from './batch-invocation';
import { MappingSettings } from './mapping-settings';
import { StreamRecord } from '../../dynamodb/table-stream';
import { deliverWithRetry, DESTINATION_RETRY } from '../../retried-delivery';
import { ServiceContext } from '../../service-context';
import { nameOfFunction } from '../function-name';

const FIRST_BACKOFF_MS = 1000;
const LONGEST_BACKOFF_MS = 60_000;

export interface ArrivedRecord {
  readonly record: StreamRecord;
  readonly arrivedAt: number;
}

/** Records that must be processed one batch after the other: what fails holds up what comes after it. */
export class StreamLane {
  private readonly waiting: ArrivedRecord[] = [];
  private working = false;

  constructor(private readonly settings: MappingSettings, private readonly context: ServiceContext) {}

  public add(arrived: ArrivedRecord): void {
    this.waiting.push(arrived);
  }

  public wake(): void {
    if (this.working || this.waiting.length === 0) {
      return;
    }
    this.working = true;
    this.context.background.run(this.settings.sourceArn, () => this.work());
  }

  private async work(): Promise<void> {
    const { batchSize, batchingWindowMs } = this.settings;
    while (this.waiting.length > 0) {
      if (batchingWindowMs > 0 && this.waiting.length < batchSize) {
        await this.context.clock.sleep(batchingWindowMs);
      }
      await this.process(this.waiting.splice(0, batchSize), 0);
    }
    this.working = false;
  }

  /** @param attempts how often these records failed before. */
  private async process(batch: readonly ArrivedRecord[], attempts: number): Promise<void> {
    const { settings, context } = this;
    let left = batch;
    for (let attempt = attempts; left.length > 0; attempt++) {
      const { failed } = await invokeWithBatch(settings, context, left.map(({ record }) => record), left.map(sequenceNumber));
      const first = left.findIndex((arrived) => failed.includes(sequenceNumber(arrived)));
      if (first < 0) {
        return;
      }
      // Everything from the first failure on is sent again.
      left = left.slice(first);
      const expired = context.clock.now() - left[0].arrivedAt >= settings.maxAgeMs;
      if (attempt >= settings.retryAttempts || expired) {
        await this.giveUp(left, attempt + 1, expired);
        return;
      }
      await context.clock.sleep(Math.min(FIRST_BACKOFF_MS * 2 ** attempt, LONGEST_BACKOFF_MS));
      if (settings.bisect && left.length > 1) {
        // Splitting costs no attempt, so that one bad record is found before the attempts end.
        const middle = Math.ceil(left.length / 2);
        await this.process(left.slice(0, middle), attempt);
        await this.process(left.slice(middle), attempt);
        return;
      }
    }
  }

  private async giveUp(batch: readonly ArrivedRecord[], attempts: number, expired: boolean): Promise<void> {
    const { onFailure, sourceArn, functionName } = this.settings;
    if (!onFailure) {
      return;
    }
    const time = ({ arrivedAt }: ArrivedRecord) => new Date(arrivedAt).toISOString();
    const role = this.context.policies.roleOfFunction(nameOfFunction(functionName));
    const [first, last] = [batch[0], batch[batch.length - 1]];
    const report = JSON.stringify({
      version: '1.0',
      timestamp: new Date(this.context.clock.now()).toISOString(),
      requestContext: {
        requestId: first.record.eventID,
        functionArn: functionName,
        condition: expired ? 'RecordAgeExceeded' : 'RetryAttemptsExhausted',
        approximateInvokeCount: attempts,
      },
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      DDBStreamBatchInfo: {
        shardId: 'shardId-local',
        startSequenceNumber: sequenceNumber(first),
        endSequenceNumber: sequenceNumber(last),
        approximateArrivalOfFirstRecord: time(first),
        approximateArrivalOfLastRecord: time(last),
        batchSize: batch.length,
        streamArn: sourceArn,
      },
    });
    await deliverWithRetry(this.context, { kind: 'service', name: sourceArn, ...(role !== undefined && { as: { role } }) }, onFailure, report, DESTINATION_RETRY);
  }
}

function sequenceNumber({ record }: ArrivedRecord): string {
  return String(record.dynamodb.SequenceNumber);
}
