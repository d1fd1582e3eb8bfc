import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';

/** The name of an execution of an order that does not bear the order's id alone; no order has such an id. */
export function laterName(orderId: string, suffix: string): string {
  return `${orderId}.${suffix}`;
}

/** The id of the order that an execution of this name has. */
export function orderIdInName(name: string): string {
  return name.split('.')[0];
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
