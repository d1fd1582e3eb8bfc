import { SFNClient, SendTaskFailureCommand } from '@aws-sdk/client-sfn';
import { isTaskGone } from '../approval/decide';
import { StateMachine } from '../step-functions/state-machine';

/** The name under which the saga catches the end of a wait. */
const CANCELLED = 'OrderCancelled';

/** The state machine of the orders. */
export class Workflow {
  private readonly stateMachine: StateMachine;

  public constructor(private readonly client: Pick<SFNClient, 'send'>, stateMachineArn: string) {
    this.stateMachine = new StateMachine(client, stateMachineArn);
  }

  /** Starts the order's execution. One that is running or has ended is as good: it has the order. */
  public async start(orderId: string, input: string): Promise<void> {
    await this.stateMachine.start(orderId, input);
  }

  /** Ends a wait because its order is cancelled. If the wait is over, the saga sees the cancel by itself. */
  public async wake(taskToken: string): Promise<void> {
    try {
      await this.client.send(new SendTaskFailureCommand({ taskToken, error: CANCELLED, cause: 'the customer cancelled the order' }));
    } catch (error) {
      if (!isTaskGone(error)) throw error;
    }
  }
}
