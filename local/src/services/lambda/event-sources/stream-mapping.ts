import { MappingSettings, passesFilters } from './mapping-settings';
import { StreamLane } from './stream-lane';
import { StreamRecord } from '../../dynamodb/table-stream';
import { ServiceContext } from '../../service-context';

/** A prime, so that keys that differ little spread over all lanes. */
const HASH_RANGE = 1_000_003;

/** Feeds a function from a table's stream: side by side for different items, in order for one. */
export class StreamMapping {
  private readonly lanes: readonly StreamLane[];

  constructor(private readonly settings: MappingSettings, private readonly context: ServiceContext) {
    this.lanes = Array.from({ length: settings.concurrency }, () => new StreamLane(settings, context));
  }

  public take(records: readonly StreamRecord[]): void {
    const arrivedAt = this.context.clock.now();
    for (const record of records.filter((one) => passesFilters(this.settings, one))) {
      this.laneOf(record).add({ record, arrivedAt });
    }
    this.lanes.forEach((lane) => lane.wake());
  }

  private laneOf({ dynamodb }: StreamRecord): StreamLane {
    const key = JSON.stringify(dynamodb.Keys);
    let hash = 0;
    for (let index = 0; index < key.length; index++) {
      hash = (hash * 31 + key.charCodeAt(index)) % HASH_RANGE;
    }
    return this.lanes[hash % this.lanes.length];
  }
}
