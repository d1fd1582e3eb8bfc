import { ExecutionRecord } from '../services/states/execution-record';
import { Executions } from '../services/states/executions';

/** The executions of one workflow, by the order that each is named after. */
export class OrderExecutions {
  private readonly newest = new Map<string, ExecutionRecord>();

  constructor(executions: Executions, private readonly machineArn: string) {
    executions.all().forEach((record) => this.add(record));
    executions.onStatus((record) => this.add(record));
  }

  /** The newest one: an EXPRESS workflow can run an order more than once. */
  public of(orderId: string): ExecutionRecord {
    const record = this.newest.get(orderId);
    if (!record) {
      throw new Error(`no order '${orderId}' was started in this workflow; started were ${this.someNames()}`);
    }
    return record;
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
