import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { hashOf } from '../hash';
import { isOrderId } from '../order/order-contract';

/** The longest name of an execution. The id of an order is shorter, so none can have such a name. */
const LONGEST_NAME = 80;

/** The name of the execution that an order is started with: its id, where that can be a name. */
export function firstName(orderId: string): string {
  return isOrderId(orderId) ? orderId : laterName(orderId, '');
}

/**
 * The name of an execution of an order that does not bear the order's id alone: as long as a name can be, with the length of
 * the id at its end. Other characters would do it shorter, but executions with these in their names are not logged.
 *
 * In place of an id that cannot be part of a name stands its hash, as if it had no length.
 */
export function laterName(orderId: string, suffix: string): string {
  const [begin, idLength] = isOrderId(orderId) ? [orderId, orderId.length] : [hashOf(orderId), 0];
  const length = String(idLength).padStart(2, '0');
  return `${begin}-${suffix}`.padEnd(LONGEST_NAME - length.length, '-') + length;
}

/** The id of the order that an execution of this name has; nothing if the name does not hold it. */
export function orderIdInName(name: string): string {
  return name.length === LONGEST_NAME ? name.slice(0, Number(name.slice(-2))) : name;
}

/** A state machine, or an alias of one, whose executions are started by name. */
export class StateMachine {
  public constructor(private readonly client: Pick<SFNClient, 'send'>, private readonly arn: string) {}

  /** False if another execution has the name, or had it. The same one that still runs is as good as started. */
  public async start(name: string, input: string): Promise<boolean> {
    try {
      await this.client.send(new StartExecutionCommand({ stateMachineArn: this.arn, name, input }));
      return true;
    } catch (error) {
      if ((error as Error).name !== 'ExecutionAlreadyExists') throw error;
      return false;
    }
  }

  /** The ARN of a STANDARD execution. The alias that it was started with is no part of it. */
  public executionArn(name: string): string {
    const [arn, partition, service, region, account, , machine] = this.arn.split(':');
    return [arn, partition, service, region, account, 'execution', machine, name].join(':');
  }
}
