import { CloudTime } from './cloud-time';
import { invoke } from './invoke';
import { ResourceName } from './named-resource';
import { OrderExecutions } from './order-executions';
import { historyOf, OrderHistory, OrderOutcome, outcomeOf, OrderRow } from './order-outcome';
import { OrderWrites } from './order-writes';
import { callFromOutside, ownCall } from './own-call';
import { seedTables, TableRows } from './seeding';
import { StatusChange, StatusChanges } from './status-changes';
import { SubmittedOrder } from './submitted-order';
import { WorkflowFaults } from './workflow-faults';
import { WorkflowResources } from './workflow-resources';
import { WorkflowSent } from './workflow-sent';
import { OrderRow as ContractRow } from '../contract/order-row';
import { Json, JsonObject } from '../json';
import { fromPlain, toPlain } from '../runtime/plain-item';
import { RunningCloud } from '../runtime/running-cloud';

const DAY_MS = 24 * 60 * 60 * 1000;
/** How long an order may take, in the cloud's time. */
const LIMIT_MS = 30 * DAY_MS;

/** An order workflow in a local cloud, for use in tests. */
export class LocalWorkflow {
  /** The faults that are injected into the workflow. */
  public readonly faults: WorkflowFaults;
  private readonly executions: OrderExecutions;
  private readonly writes: OrderWrites;

  constructor(
    private readonly cloud: RunningCloud,
    /** The resources of the workflow. */
    public readonly resources: WorkflowResources,
    /** The cloud's time. */
    public readonly clock: CloudTime,
    /** What was sent: mails, messages and alerts. */
    public readonly sent: WorkflowSent,
  ) {
    this.executions = new OrderExecutions(cloud.executions, resources.machineArn);
    this.writes = new OrderWrites(cloud.calls, resources.ordersTable);
    this.faults = new WorkflowFaults(cloud.faults, resources.stateNames);
  }

  /** Writes products, or the rows of any tables: `{ products: [...], Discounts: [...] }`. */
  public async seed(rows: readonly object[] | TableRows): Promise<void> {
    const { ordersTable, productsTable } = this.resources;
    await seedTables(this.cloud, { orders: ordersTable, products: productsTable }, isList(rows) ? { products: rows } : rows);
  }

  /** Starts the workflow for an order, in an execution named by the order's id. */
  public async submit(order: object, orderId = (order as { orderId?: unknown }).orderId): Promise<SubmittedOrder> {
    if (typeof orderId !== 'string') {
      throw new Error('an order without an orderId needs an execution name: submit(order, \'name\')');
    }
    await callFromOutside(this.cloud.calls, 'states', 'StartExecution', {
      stateMachineArn: this.resources.machineArn, name: orderId, input: JSON.stringify(order),
    });
    return new SubmittedOrder(this, orderId);
  }

  /** Submits an order and lets time pass until it has ended or is on hold because it needs attention. */
  public async process(order: object, orderId?: string): Promise<OrderOutcome> {
    return (await this.submit(order, orderId)).outcome();
  }

  /** Lets time pass until the order's execution has ended, or waits for an operator because the order needs attention. */
  public async outcome(orderId: string): Promise<OrderOutcome> {
    const record = this.executions.of(orderId);
    await this.clock.until(this.executions.rests(orderId), LIMIT_MS, () => `order '${orderId}' has not ended within 30 days; ${this.whereIs(orderId)}`);
    return outcomeOf(record, await this.order(orderId));
  }

  /** Lets time pass until the order has, or has had, this status. */
  public async reaches(orderId: string, status: string): Promise<OrderRow> {
    const reached = this.untilRow(orderId, (row) => hasHad(row, status), this.executions.of(orderId).ended);
    return this.clock.until(reached, LIMIT_MS, () => `order '${orderId}' has not been ${status} within 30 days; ${this.whereIs(orderId)}`);
  }

  /** Lets time pass until no execution works on the order any more: it is closed, or on hold for an operator. */
  public async settled(orderId: string): Promise<OrderRow> {
    const settled = this.untilRow(orderId, isSettled, new Promise(() => undefined));
    return this.clock.until(settled, LIMIT_MS, () => `order '${orderId}' is open after 30 days; ${this.whereIs(orderId)}`);
  }

  /** Calls back for each status that an order gets, oldest first. */
  public onStatus(listener: (change: StatusChange) => void): void {
    const changes = new StatusChanges();
    this.writes.onWrite((orderId) => {
      this.order(orderId).then((row) => row && changes.since(row).forEach(listener)).catch(() => undefined);
    });
  }

  /** The order's row, read strongly; undefined if there is none. */
  public async order(orderId: string): Promise<OrderRow | undefined> {
    const { Item } = await ownCall(this.cloud.calls, 'dynamodb', 'GetItem', {
      TableName: this.resources.ordersTable, Key: fromPlain({ orderId }), ConsistentRead: true,
    });
    return Item === undefined ? undefined : toPlain(Item as JsonObject) as unknown as OrderRow;
  }

  /** What the order's execution did so far. */
  public history(orderId: string): OrderHistory {
    return historyOf(this.executions.of(orderId));
  }

  /** Invokes a function of the stacks, such as the workflow's `decideFunction`, and throws what it throws. */
  public invoke(name: ResourceName, event: object): Promise<Json> {
    return invoke(this.cloud, name, event);
  }

  /** Stops the order's execution, as `StopExecution` does: nothing is caught and no state runs any more. */
  public stop(orderId: string, error?: string, cause?: string): void {
    this.executions.of(orderId).execution.stop(error, cause);
  }

  /** Stops the order's execution as soon as it has left a state. Call it before the order is submitted. */
  public stopAfter(orderId: string, state: string): void {
    this.executions.stopAfter(orderId, state);
  }

  /** Reads the row after each write, until it is as wanted or the execution has ended. */
  private untilRow(orderId: string, isWanted: (row: OrderRow) => boolean, ended: Promise<unknown>): Promise<OrderRow> {
    return new Promise((resolve, reject) => {
      const look = async (): Promise<OrderRow | undefined> => {
        const row = await this.order(orderId);
        if (row && isWanted(row)) {
          stop();
          resolve(row);
        }
        return row;
      };
      const stop = this.writes.onWrite((written) => {
        if (written === orderId) {
          look().catch(reject);
        }
      });
      look().then(() => ended).then(look).then((row) => {
        stop();
        reject(new Error(`order '${orderId}' has ended; its status is ${row?.status ?? 'not in the table'}`));
      }).catch(reject);
    });
  }

  private whereIs(orderId: string): string {
    const { states } = this.history(orderId);
    return `it is in the state '${states[states.length - 1]}'`;
  }
}

function isList(rows: readonly object[] | TableRows): rows is readonly object[] {
  return Array.isArray(rows);
}

function isSettled({ openSince, onHold }: { readonly [name in keyof ContractRow]?: unknown }): boolean {
  return openSince === undefined || onHold !== undefined;
}

function hasHad({ status: now, history = {} }: OrderRow, status: string): boolean {
  const statuses = Object.values(history as Record<string, { status: string }>).map((entry) => entry.status);
  return now === status || statuses.includes(status);
}
