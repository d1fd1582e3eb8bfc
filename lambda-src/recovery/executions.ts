import {
  DescribeExecutionCommand, DescribeExecutionCommandOutput, GetExecutionHistoryCommand, HistoryEvent, SFNClient,
} from '@aws-sdk/client-sfn';
import { STATE_NAMES } from '../../src/contract/state-names';
import type { OrderRow } from '../order/order';

/** How an execution ended that has not finished its order. */
export interface End {
  readonly execution: string;
  /** As Step Functions reports it, or UNKNOWN or OUT_OF_TIME where it reports nothing. */
  readonly status: string;
  readonly error?: string;
  readonly cause?: string;
}

/** Step Functions knows no such execution. */
export const UNKNOWN = 'UNKNOWN';
/** An EXPRESS execution cannot be described, but its five minutes are over, or it has put its order on hold. */
export const OUT_OF_TIME = 'OUT_OF_TIME';

const ENDS = new Set(['SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED']);
/** Step Functions may not know yet of what it has just begun. */
const NEW_MILLISECONDS = 60_000;
const NOT_THERE = new Set(['ExecutionDoesNotExist', 'InvalidArn']);
/** The five minutes that an EXPRESS execution may run, and what clocks may differ by. */
const EXPRESS_MILLISECONDS = 330_000;

/** Describes executions, and reads their history. */
export class Executions {
  public constructor(private readonly client: Pick<SFNClient, 'send'>, private readonly now: () => number) {}

  /** How the owner of an order ended, or nothing if it may still be at work. */
  public async endOfOwner({ owner, updatedAt, onHold }: Pick<OrderRow, 'owner' | 'updatedAt' | 'onHold'>): Promise<End | undefined> {
    const age = this.now() - Date.parse(updatedAt);
    if (!owner!.includes(':express:')) {
      const end = await this.endOf(owner!);
      return end?.status === UNKNOWN && age < NEW_MILLISECONDS ? undefined : end;
    }
    // An execution that cannot wait ends when it has put the order on hold.
    const isOver = onHold !== undefined || age > EXPRESS_MILLISECONDS;
    return isOver ? { execution: owner!, status: OUT_OF_TIME } : undefined;
  }

  /** How a STANDARD execution ended, or nothing if it has not. */
  public async endOf(execution: string): Promise<End | undefined> {
    const found = await this.describe(execution);
    if (!found) return { execution, status: UNKNOWN };
    const { status, error, cause } = found;
    return ENDS.has(status!) ? { execution, status: status!, error, cause } : undefined;
  }

  /** Whether the execution published its failure before it ended. */
  public async publishedFailure(end: End): Promise<boolean> {
    return this.published(end, STATE_NAMES.PUBLISH_FAILURE);
  }

  /** Whether the execution published that its order is on hold before it ended. */
  public async publishedHold(end: End): Promise<boolean> {
    return this.published(end, STATE_NAMES.PUBLISH_FAILED_COMPENSATION, STATE_NAMES.RESUME_UNDO);
  }

  private async published({ execution, status }: End, publishingState: string, since?: string): Promise<boolean> {
    if (status === UNKNOWN || status === OUT_OF_TIME) return false;
    let succeeded = false;
    for await (const { type, stateEnteredEventDetails } of this.eventsBackwards(execution)) {
      if (type === 'TaskSucceeded') succeeded = true;
      if (!type!.endsWith('StateEntered')) continue;
      const name = stateEnteredEventDetails?.name;
      if (name === publishingState) return succeeded;
      if (name !== undefined && name === since) return false;
      succeeded = false;
    }
    return false;
  }

  private async describe(executionArn: string): Promise<DescribeExecutionCommandOutput | undefined> {
    return unlessGone(this.client.send(new DescribeExecutionCommand({ executionArn })));
  }

  private async *eventsBackwards(executionArn: string): AsyncGenerator<HistoryEvent> {
    let nextToken: string | undefined;
    do {
      const command = new GetExecutionHistoryCommand({
        executionArn, nextToken, reverseOrder: true, includeExecutionData: false, maxResults: 1_000,
      });
      const page = await unlessGone(this.client.send(command));
      yield* page?.events ?? [];
      nextToken = page?.nextToken;
    } while (nextToken);
  }
}

async function unlessGone<T>(answer: Promise<T>): Promise<T | undefined> {
  return answer.catch(error => {
    if (NOT_THERE.has((error as Error).name)) return undefined;
    throw error;
  });
}
