import { HistoryEvent } from '../asl';
import { STATE_NAMES } from '../contract/state-names';
import { ExecutionRecord } from '../services/states/execution-record';
import { Executions } from '../services/states/executions';

/** The executions of one workflow, by the order that each is named after. */
export class OrderExecutions {
  private readonly newest = new Map<string, ExecutionRecord>();
  private readonly holdListeners = new Map<string, Set<() => void>>();
  private readonly stops = new Map<string, string>();

  constructor(executions: Executions, private readonly machineArn: string) {
    executions.all().forEach((record) => this.add(record));
    executions.onStatus((record) => this.add(record));
    executions.onEvent(({ arn, name, machine, history }, event) => {
      if (event.type === 'TaskSubmitted' && isPuttingOnHold(history)) {
        this.holdListeners.get(arn)?.forEach((notify) => notify());
      }
      const left = event.stateExitedEventDetails as { name: string } | undefined;
      if (left && machine.arn === machineArn && this.stops.get(name) === left.name) {
        this.stops.delete(name);
        this.of(name).execution.stop();
      }
    });
  }

  /** The newest one: an EXPRESS workflow can run an order more than once. */
  public of(orderId: string): ExecutionRecord {
    const record = this.newest.get(orderId);
    if (!record) {
      throw new Error(`no order '${orderId}' was started in this workflow; started were ${this.someNames()}`);
    }
    return record;
  }

  /** Resolves when the execution has ended, or waits for an operator because its order could not be undone. */
  public async rests(orderId: string): Promise<void> {
    const { arn, ended, outcome, history } = this.of(orderId);
    if (outcome || isOnHold(history)) {
      return;
    }
    const listeners = this.holdListeners.get(arn) ?? new Set();
    this.holdListeners.set(arn, listeners);
    let notify = () => {};
    const onHold = new Promise<void>((resolve) => listeners.add(notify = resolve));
    await Promise.race([ended, onHold]);
    listeners.delete(notify);
  }

  /** Stops the execution of an order that is yet to be submitted, as soon as it has left a state. */
  public stopAfter(orderId: string, state: string): void {
    this.stops.set(orderId, state);
  }

  private add(record: ExecutionRecord): void {
    if (record.machine.arn === this.machineArn && record.outcome === undefined) {
      this.newest.set(record.name, record);
    }
  }

  private someNames(): string {
    const names = [...this.newest.keys()];
    return names.length === 0 ? 'none' : `${names.slice(-5).join(', ')}${names.length > 5 ? ` and ${names.length - 5} more` : ''}`;
  }
}

function isPuttingOnHold(history: readonly HistoryEvent[]): boolean {
  for (let index = history.length - 1; index >= 0; index--) {
    const entered = history[index].stateEnteredEventDetails as { name: string } | undefined;
    if (entered) {
      return entered.name === STATE_NAMES.PUT_ORDER_ON_HOLD;
    }
  }
  return false;
}

function isOnHold(history: readonly HistoryEvent[]): boolean {
  return history[history.length - 1]?.type === 'TaskSubmitted' && isPuttingOnHold(history);
}
