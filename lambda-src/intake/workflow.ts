import { SFNClient, SendTaskFailureCommand, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { isNobodyWaiting } from '../approval/decide';

/** The name under which the saga catches the end of a wait. */
const CANCELLED = 'OrderCancelled';

/** The state machine of the orders. */
export class Workflow {
  public constructor(private readonly client: Pick<SFNClient, 'send'>, private readonly stateMachineArn: string) {}

  /** Starts the order's execution. One that is running or has ended is as good: it has the order. */
  public async start(orderId: string, input: string): Promise<void> {
    try {
      await this.client.send(new StartExecutionCommand({ stateMachineArn: this.stateMachineArn, name: orderId, input }));
    } catch (error) {
      if ((error as Error).name !== 'ExecutionAlreadyExists') throw error;
    }
  }

  /** Ends a wait because its order is cancelled. If the wait is over, the saga sees the cancel by itself. */
  public async wake(taskToken: string): Promise<void> {
    try {
      await this.client.send(new SendTaskFailureCommand({ taskToken, error: CANCELLED, cause: 'the customer cancelled the order' }));
    } catch (error) {
      if (!isNobodyWaiting(error)) throw error;
    }
  }
}
