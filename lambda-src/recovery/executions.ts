import {
  DescribeExecutionCommand, DescribeExecutionCommandOutput, GetExecutionHistoryCommand, HistoryEvent, SFNClient,
} from '@aws-sdk/client-sfn';
import { STATE_NAMES } from '../../src/contract/state-names';
import type { OrderRow } from '../order/order';

/** How an execution ended that has not finished its order. */
export interface End {
  readonly execution: string;
  /** As Step Functions reports it, or UNKNOWN, OUT_OF_TIME or ANOTHER_MACHINE where it reports nothing. */
  readonly status: string;
  readonly error?: string;
  readonly cause?: string;
}

/** Step Functions knows no such execution. */
export const UNKNOWN = 'UNKNOWN';
/** An EXPRESS execution cannot be described, but its five minutes are over, or it has put its order on hold. */
export const OUT_OF_TIME = 'OUT_OF_TIME';

/** The execution of another state machine cannot be described: no time is left to it, or an operator takes the order over. */
export const ANOTHER_MACHINE = 'ANOTHER_MACHINE';

const NOT_REPORTED = new Set([UNKNOWN, OUT_OF_TIME, ANOTHER_MACHINE]);
const ENDS = new Set(['SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED']);
/** Step Functions may not know yet of what it has just begun. */
const NEW_MILLISECONDS = 60_000;
const NOT_THERE = new Set(['ExecutionDoesNotExist', 'InvalidArn']);
/** The five minutes that an EXPRESS execution may run, and what clocks may differ by. */
const EXPRESS_MILLISECONDS = 330_000;

/** The state machines of a workflow: that of the orders and that of the recovery. */
export interface Machines {
  /** Their ARNs; that of an alias stands for its state machine. */
  readonly arns: readonly string[];
  /** The longest time that an order can take. */
  readonly longestOrderSeconds: number;
}

/** Describes executions, and reads their history. */
export class Executions {
  public constructor(private readonly client: Pick<SFNClient, 'send'>, private readonly now: () => number, private readonly machines: Machines) {}

  /** How the owner of an order ended, or nothing if it may still be at work. */
  public async endOfOwner(row: Pick<OrderRow, 'owner' | 'updatedAt' | 'waiting' | 'onHold'>): Promise<End | undefined> {
    const { owner, updatedAt, onHold } = row;
    const age = this.now() - Date.parse(updatedAt);
    if (this.isOfAnotherMachine(owner)) return this.isTimeOver(row) ? { execution: owner!, status: ANOTHER_MACHINE } : undefined;
    if (!isExpress(owner)) {
      const end = await this.endOf(owner!);
      return end?.status === UNKNOWN && age < NEW_MILLISECONDS ? undefined : end;
    }
    // An execution that cannot wait ends when it has put the order on hold.
    const isOver = onHold !== undefined || age > EXPRESS_MILLISECONDS;
    return isOver ? { execution: owner!, status: OUT_OF_TIME } : undefined;
  }

  /** Whether a STANDARD execution belongs to none of the state machines of the workflow: it can be neither described nor woken. */
  public isOfAnotherMachine(execution: string | undefined): boolean {
    const machine = execution && machineOf(execution, 'execution');
    return machine !== undefined && !this.machines.arns.some(arn => machineOf(arn, 'stateMachine') === machine);
  }

  /**
   * Whether the owner has had all the time that an order can take since it last wrote, and since the decision that it waited for was due.
   * An order on hold waits for an operator and for nothing else.
   */
  private isTimeOver({ updatedAt, waiting, onHold }: Pick<OrderRow, 'updatedAt' | 'waiting' | 'onHold'>): boolean {
    const since = Math.max(Date.parse(updatedAt), waiting ? Date.parse(waiting.until) : 0);
    return onHold !== undefined || this.now() > since + this.machines.longestOrderSeconds * 1_000;
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
    if (NOT_REPORTED.has(status)) return false;
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

/** EXPRESS executions are judged by their time alone, whatever state machine they belong to. */
export function isExpress(execution: string | undefined): boolean {
  return execution?.includes(':express:') ?? false;
}

/** Account, region and name of the state machine in an ARN of this type. */
function machineOf(arn: string, type: 'execution' | 'stateMachine'): string | undefined {
  const [, , service, region, account, found, name] = arn.split(':');
  return service === 'states' && found === type ? [region, account, name].join(':') : undefined;
}

async function unlessGone<T>(answer: Promise<T>): Promise<T | undefined> {
  return answer.catch(error => {
    if (NOT_THERE.has((error as Error).name)) return undefined;
    throw error;
  });
}
