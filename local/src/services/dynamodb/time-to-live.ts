import { Database } from './database';
import { Table } from './table';
import { TableStream } from './table-stream';
import { BackgroundWork } from '../../background-work';
import { CancelTimer, Clock } from '../../clock';
import { JsonObject } from '../../json';
import { ServiceError } from '../service-error';

/** How soon after a write the table is checked for items that expire. */
const LOOK_AFTER_MS = 60_000;

/** Deletes items whose time has come. It keeps a timer only while an item is due some day. */
export class TimeToLive {
  private timer: { readonly due: number; readonly cancel: CancelTimer } | undefined;

  constructor(
    private readonly table: Table,
    private readonly attribute: string,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly stream: TableStream,
    private readonly background: BackgroundWork,
  ) {}

  public written(): void {
    this.lookAt(this.clock.now() + LOOK_AFTER_MS);
  }

  private lookAt(due: number): void {
    if (this.timer && this.timer.due <= due) {
      return;
    }
    this.timer?.cancel();
    const cancel = this.clock.after(due - this.clock.now(), () => {
      this.timer = undefined;
      this.background.retry(`time to live of ${this.table.name}`, () => this.sweep());
    });
    this.timer = { due, cancel };
  }

  private async sweep(): Promise<void> {
    const now = Math.floor(this.clock.now() / 1000);
    const items = await this.itemsWithTime();
    for (const item of items.filter(({ time }) => time < now)) {
      await this.remove(item.key, now);
    }
    this.stream.wake();
    const next = Math.min(...items.map(({ time }) => time).filter((time) => time >= now));
    if (Number.isFinite(next)) {
      this.lookAt((next + 1) * 1000);
    }
  }

  private async itemsWithTime(): Promise<Array<{ key: JsonObject; time: number }>> {
    const found: Array<{ key: JsonObject; time: number }> = [];
    let start: JsonObject | undefined;
    do {
      const page: JsonObject = await this.database.call('Scan', {
        TableName: this.table.name,
        FilterExpression: 'attribute_type(#time, :number)',
        ExpressionAttributeNames: { '#time': this.attribute },
        ExpressionAttributeValues: { ':number': { S: 'N' } },
        ...(start && { ExclusiveStartKey: start }),
      });
      for (const item of page.Items as JsonObject[]) {
        const key = Object.fromEntries(this.table.keys.map((name) => [name, item[name]]));
        found.push({ key, time: Number((item[this.attribute] as JsonObject).N) });
      }
      start = page.LastEvaluatedKey as JsonObject | undefined;
    } while (start);
    return found;
  }

  /** Deletes the item unless it was given more time since it was read. */
  private async remove(key: JsonObject, now: number): Promise<void> {
    this.stream.markExpired(key);
    try {
      await this.database.call('DeleteItem', {
        TableName: this.table.name,
        Key: key,
        ConditionExpression: '#time < :now',
        ExpressionAttributeNames: { '#time': this.attribute },
        ExpressionAttributeValues: { ':now': { N: String(now) } },
      });
    } catch (error) {
      if (!(error instanceof ServiceError)) {
        // Whether it was deleted is not known, so its mark stays for the record of that.
        throw error;
      }
      this.stream.unmarkExpired(key);
    }
  }
}
