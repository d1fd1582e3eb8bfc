import { Database } from './database';
import { Table } from './table';
import { BackgroundWork } from '../../background-work';
import { Clock } from '../../clock';
import { isJsonObject, Json, JsonObject, sameJson } from '../../json';

/** A record in the shape in which a function gets it. */
export interface StreamRecord {
  readonly eventID: string;
  readonly eventName: string;
  readonly dynamodb: JsonObject;
  readonly [member: string]: Json;
}

export type StreamReader = (records: readonly StreamRecord[]) => void;

/**
 * Reads a table's stream and passes it on. It reads when the table was written, not at intervals:
 * so nothing waits, and virtual time has no endless timer.
 */
export class TableStream {
  private readonly readers: StreamReader[] = [];
  private iterator: string | undefined;
  private lastRead: string | undefined;
  private reading = false;
  private written = false;
  private readonly expired = new Set<string>();

  constructor(
    private readonly table: Table,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly background: BackgroundWork,
  ) {}

  /** The database keeps a stream from the first reader on: keeping one costs as much as the writes themselves. */
  public async subscribe(reader: StreamReader): Promise<void> {
    if (this.readers.length === 0) {
      // Both images, whatever the stream shows: only they distinguish a change from a write that changed nothing.
      const StreamSpecification = { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' };
      await this.database.call('UpdateTable', { TableName: this.table.name, StreamSpecification });
    }
    this.readers.push(reader);
  }

  /** The removal of the item with this key will be shown as the work of time to live. */
  public markExpired(key: JsonObject): void {
    this.expired.add(keyText(this.table, key));
  }

  public unmarkExpired(key: JsonObject): void {
    this.expired.delete(keyText(this.table, key));
  }

  public wake(): void {
    this.written = true;
    if (!this.reading && this.readers.length > 0) {
      this.reading = true;
      this.background.retry(`the stream of ${this.table.name}`, () => this.drain());
    }
  }

  private async drain(): Promise<void> {
    while (this.written) {
      this.written = false;
      try {
        await this.readToEnd();
      } catch (error) {
        this.written = true;
        // It may have expired.
        this.iterator = undefined;
        throw error;
      }
    }
    this.reading = false;
  }

  private async readToEnd(): Promise<void> {
    let found: JsonObject[];
    do {
      const ShardIterator = this.iterator ?? await this.newIterator();
      const { Records, NextShardIterator } = await this.database.callStreams('GetRecords', { ShardIterator });
      found = Records as JsonObject[];
      this.iterator = NextShardIterator as string;
      this.lastRead = sequenceNumberOf(found[found.length - 1]) ?? this.lastRead;
      this.passOn(found);
    } while (found.length > 0);
  }

  private passOn(found: readonly JsonObject[]): void {
    const changes = found.map((record) => record as StreamRecord).filter(isChange).map((record) => this.asDelivered(record));
    if (changes.length > 0) {
      this.readers.forEach((reader) => reader(changes));
    }
  }

  private asDelivered(record: StreamRecord): StreamRecord {
    const { Keys, NewImage, OldImage, SequenceNumber, SizeBytes } = record.dynamodb;
    const view = this.table.streamView!;
    const byTimeToLive = record.eventName === 'REMOVE' && this.expired.delete(keyText(this.table, Keys as JsonObject));
    return {
      eventID: record.eventID,
      eventName: record.eventName,
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: this.table.arn.split(':')[3],
      dynamodb: {
        ApproximateCreationDateTime: Math.floor(this.clock.now() / 1000),
        Keys,
        ...(NewImage !== undefined && view.startsWith('NEW') && { NewImage }),
        ...(OldImage !== undefined && view.endsWith('OLD_IMAGES') && { OldImage }),
        ...(OldImage !== undefined && view === 'OLD_IMAGE' && { OldImage }),
        SequenceNumber,
        SizeBytes,
        StreamViewType: view,
      },
      eventSourceARN: this.table.streamArn,
      ...(byTimeToLive && { userIdentity: { type: 'Service', principalId: 'dynamodb.amazonaws.com' } }),
    };
  }

  private async newIterator(): Promise<string> {
    const described = await this.database.call('DescribeTable', { TableName: this.table.name });
    const StreamArn = (described.Table as JsonObject).LatestStreamArn;
    const { StreamDescription } = await this.database.callStreams('DescribeStream', { StreamArn });
    const [{ ShardId }] = (StreamDescription as JsonObject).Shards as JsonObject[];
    const { ShardIterator } = await this.database.callStreams('GetShardIterator', {
      StreamArn,
      ShardId,
      ...(this.lastRead === undefined
        ? { ShardIteratorType: 'TRIM_HORIZON' }
        : { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: this.lastRead }),
    });
    return ShardIterator as string;
  }
}

/** DynamoDB writes no record for a write that left the item as it was. */
function isChange({ eventName, dynamodb: { OldImage, NewImage } }: StreamRecord): boolean {
  return eventName !== 'MODIFY' || !isJsonObject(OldImage) || !sameJson(OldImage, NewImage);
}

function sequenceNumberOf(record: JsonObject | undefined): string | undefined {
  return (record?.dynamodb as JsonObject | undefined)?.SequenceNumber as string | undefined;
}

function keyText(table: Table, key: JsonObject): string {
  return JSON.stringify(table.keys.map((name) => key[name]));
}
