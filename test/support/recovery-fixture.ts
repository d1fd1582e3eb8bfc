import { SFNClient } from '@aws-sdk/client-sfn';
import { SNSClient } from '@aws-sdk/client-sns';
import type { AwsServices } from './aws-services';
import { RequestFaults } from './request-faults';
import { AT, ME, ORDER, ShopFixture } from './shop-fixture';
import type { Started } from './started';
import type { StepFunctions } from './step-functions';
import type { OrderRow } from '../../lambda-src/order/order';
import { executionIn } from '../../lambda-src/recovery/ended-execution';
import { Executions } from '../../lambda-src/recovery/executions';
import { FailureTopic } from '../../lambda-src/recovery/failure-topic';
import { Watch, recoverInterrupted } from '../../lambda-src/recovery/recover-interrupted';
import { Recovery, recoverOrder } from '../../lambda-src/recovery/recover-order';
import { RecoveryMachine } from '../../lambda-src/recovery/recovery-machine';
import { Repaired, repairOrder } from '../../lambda-src/recovery/repair';
import { parseRepair } from '../../lambda-src/recovery/repair-event';
import { sweep } from '../../lambda-src/recovery/sweep';
import { StateMachine } from '../../lambda-src/step-functions/state-machine';

export const TOPIC = 'arn:aws:sns:eu-west-1:111122223333:failures';
export const EXPRESS = 'arn:aws:states:eu-west-1:111122223333:express:Orders:order-1:6f1c3ab2-1d2e-4a5b-9c3d-0123456789ab:1';
export const OVERDUE_SECONDS = 600;
/** The longest that an order can take; what comes after the status LONG. */
export const LONGEST_ORDER_SECONDS = 7_200;
export const LONG_STEP_SECONDS = 21_600;
export const NOW = Date.parse(AT) + 3_600_000;

/** A time that many seconds before now. */
export const ago = (seconds: number) => new Date(NOW - seconds * 1_000).toISOString();

/** What an EventBridge event reports about an execution. */
export interface Ended {
  readonly executionArn?: string;
  readonly status?: string;
  readonly [field: string]: unknown;
}

/** The sweeper and the repair function, on the table and services of one workflow. */
export class RecoveryFixture {
  public static async open({ engine, services, stepFunctions }: Started): Promise<RecoveryFixture> {
    services.reset();
    stepFunctions.reset();
    return new RecoveryFixture(await ShopFixture.open(engine), services, stepFunctions);
  }

  /** The wire to Step Functions. */
  public readonly workflowRequests: RequestFaults;
  /** The lines of metrics. */
  public readonly metrics: any[] = [];
  /** How many milliseconds the invocation has left. */
  public readonly timeLeft = jest.fn(() => 120_000);
  private readonly recovery: Recovery;
  private readonly sfn: SFNClient;
  /** The time it is, which stands still unless a test moves it. */
  public time = NOW;
  private suffixes = 0;
  /** The next random numbers; after them it is always the same. */
  public readonly draws: number[] = [];

  private constructor(public readonly shop: ShopFixture, public readonly services: AwsServices, public readonly stepFunctions: StepFunctions) {
    // The SDK's own retries would hide the faults that are meant for our code: there are none.
    const access = { region: 'eu-west-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' }, maxAttempts: 1 };
    this.sfn = new SFNClient({ ...access, endpoint: stepFunctions.endpoint });
    this.workflowRequests = new RequestFaults(this.sfn as never);
    const now = () => this.time;
    const recoveryMachine = new StateMachine(this.sfn, stepFunctions.recoveryMachineArn);
    this.recovery = {
      orders: shop.orders,
      executions: new Executions(this.sfn, now, {
        arns: [`${stepFunctions.stateMachineArn}:live`, stepFunctions.recoveryMachineArn], longestOrderSeconds: LONGEST_ORDER_SECONDS,
      }),
      workflow: new StateMachine(this.sfn, `${stepFunctions.stateMachineArn}:live`),
      recoveries: new RecoveryMachine(recoveryMachine, () => (++this.suffixes).toString(16).padStart(8, '0')),
      topic: new FailureTopic(new SNSClient({ ...access, endpoint: services.endpoint }), TOPIC, now),
      longest: { order: LONGEST_ORDER_SECONDS, undo: 0, statuses: { LONG: LONG_STEP_SECONDS } },
      now,
      random: () => this.draws.shift() ?? 0.5,
    };
  }

  /** An order as it stands; what is undefined is not there. */
  public async putOrder(row: Partial<OrderRow>): Promise<void> {
    const given = Object.entries(row).filter(([, value]) => value !== undefined);
    await this.shop.putOrder(JSON.parse(JSON.stringify(Object.fromEntries(given))));
    await this.shop.alterOrder(ORDER.orderId, Object.fromEntries(Object.entries(row).filter(([, value]) => value === undefined)));
  }

  /** The outcome of the recovery of one order. */
  public async recovers(orderId = ORDER.orderId): Promise<string> {
    return recoverOrder(this.recovery, orderId);
  }

  /** A sweep; the metrics that it wrote. */
  public async sweeps(random = 0): Promise<Record<string, number>> {
    const written = this.metrics.length;
    this.draws.splice(0, Infinity, random);
    await sweep({ ...this.watch(), overdueSeconds: OVERDUE_SECONDS, timeLeft: () => this.timeLeft() });
    const { OverdueOrders, OrdersNeedingAttention, OrdersRecovered, OrdersStarted } = this.metrics[written];
    return { OverdueOrders, OrdersNeedingAttention, OrdersRecovered, OrdersStarted };
  }

  /** EventBridge reports that an execution ended. */
  public async receivesEnd(ended: Ended = {}): Promise<void> {
    const detail = { executionArn: ME, status: 'ABORTED', name: ORDER.orderId, input: JSON.stringify(ORDER), ...ended };
    await recoverInterrupted(this.watch(), executionIn({ 'detail-type': 'Step Functions Execution Status Change', detail })!);
  }

  public async repairs(event: unknown): Promise<Repaired> {
    const { orders, executions, recoveries } = this.recovery;
    return repairOrder({ orders, executions, recoveries, workflows: this.sfn }, parseRepair(event));
  }

  /** Any event, for the function that it is meant for. */
  public async receives(event: any): Promise<unknown> {
    if (event?.action !== undefined) return this.repairs(event);
    const ended = executionIn(event);
    return ended ? recoverInterrupted(this.watch(), ended) : this.sweeps();
  }

  private watch(): Watch {
    return { recovery: this.recovery, metricNamespace: 'Shop/Orders', workflow: 'Orders', print: line => { this.metrics.push(JSON.parse(line)); } };
  }
}
