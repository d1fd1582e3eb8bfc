import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { hashOf } from '../hash';
import { isOrderId } from '../order/order-contract';

/** The longest name of an execution. Ids of orders are shorter, so none can be equal to such a name. */
const LONGEST_NAME = 80;

/** The name of the first execution of an order: its id, where that is a valid name. */
export function firstName(orderId: string): string {
  return isOrderId(orderId) ? orderId : laterName(orderId, '');
}

/**
 * The name of a later execution of an order: the id and a suffix, padded to the longest name, with the length of the id at
 * its end. A separator of other characters would be shorter, but executions with these in their names are not logged.
 *
 * An id that cannot be part of a name is replaced by its hash, with a length of 0.
 */
export function laterName(orderId: string, suffix: string): string {
  const [begin, idLength] = isOrderId(orderId) ? [orderId, orderId.length] : [hashOf(orderId), 0];
  const length = String(idLength).padStart(2, '0');
  return `${begin}-${suffix}`.padEnd(LONGEST_NAME - length.length, '-') + length;
}

/** The id of the order in the name of an execution; empty if the name does not hold it. */
export function orderIdInName(name: string): string {
  return name.length === LONGEST_NAME ? name.slice(0, Number(name.slice(-2))) : name;
}

/** A state machine, or an alias of one, whose executions are started by name. */
export class StateMachine {
  public constructor(private readonly client: Pick<SFNClient, 'send'>, private readonly arn: string) {}

  /** Returns false if another execution has or had this name. A running execution with the same input is a success. */
  public async start(name: string, input: string): Promise<boolean> {
    try {
      await this.client.send(new StartExecutionCommand({ stateMachineArn: this.arn, name, input }));
      return true;
    } catch (error) {
      if ((error as Error).name !== 'ExecutionAlreadyExists') throw error;
      return false;
    }
  }

  /** The ARN of a STANDARD execution. It does not contain the alias. */
  public executionArn(name: string): string {
    const [arn, partition, service, region, account, , machine] = this.arn.split(':');
    return [arn, partition, service, region, account, 'execution', machine, name].join(':');
  }
}
