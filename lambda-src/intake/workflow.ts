import { SFNClient, SendTaskFailureCommand } from '@aws-sdk/client-sfn';
import { isTaskGone } from '../approval/decide';
import { StateMachine } from '../step-functions/state-machine';

/** The error that the saga catches when a wait ends early. */
const CANCELLED = 'OrderCancelled';

/** The state machine of the workflow. */
export class Workflow {
  private readonly stateMachine: StateMachine;

  public constructor(private readonly client: Pick<SFNClient, 'send'>, stateMachineArn: string) {
    this.stateMachine = new StateMachine(client, stateMachineArn);
  }

  /** Starts the execution of an order. One that runs or has ended is a success too. */
  public async start(orderId: string, input: string): Promise<void> {
    await this.stateMachine.start(orderId, input);
  }

  /** Ends a wait because its order is cancelled. If the wait is over, the saga reads the cancellation from the row. */
  public async wake(taskToken: string): Promise<void> {
    try {
      await this.client.send(new SendTaskFailureCommand({ taskToken, error: CANCELLED, cause: 'the customer cancelled the order' }));
    } catch (error) {
      if (!isTaskGone(error)) throw error;
    }
  }
}
