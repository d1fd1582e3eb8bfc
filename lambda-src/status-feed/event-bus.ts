import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { Budget } from './budget';
import type { OrderChange } from './order-change';
import { eventOf, orderStatusChanged } from './order-status-changed';
import { Failure } from '../failure';
import { logFailure } from '../log';

/** The most entries of a request. */
const ENTRIES = 10;

/** The bus that the workflow publishes status changes on. */
export class EventBus {
  public constructor(private readonly client: EventBridgeClient, private readonly name: string, private readonly workflow: string) {}

  /** Publishes changes in their order, and returns those that the bus did not accept. */
  public async publish(budget: Budget, changes: readonly OrderChange[]): Promise<readonly OrderChange[]> {
    for (let from = 0; from < changes.length; from += ENTRIES) {
      const refused = await this.put(budget, changes.slice(from, from + ENTRIES));
      // Lambda delivers the failed change again, and all that follow it.
      if (refused.length > 0) return refused;
    }
    return [];
  }

  private async put(budget: Budget, changes: readonly OrderChange[]): Promise<readonly OrderChange[]> {
    let left = changes;
    try {
      await budget.spend(async () => {
        const entries = left.map(change => eventOf(this.name, orderStatusChanged(this.workflow, change)));
        const { Entries = [] } = await this.client.send(new PutEventsCommand({ Entries: entries }));
        left = left.filter((_, index) => Entries[index]?.ErrorCode);
        if (left.length > 0) throw notAccepted(Entries.flatMap(({ ErrorCode }) => ErrorCode ?? []));
      });
    } catch (error) {
      logFailure('events were not published', error, { events: left.length, firstOrder: left[0].row.orderId });
    }
    return left;
  }
}

function notAccepted(codes: readonly string[]): Failure {
  return new Failure('ServiceUnavailable', `the bus did not accept ${codes.length} events: ${[...new Set(codes)].join(', ')}`);
}
