import { randomBytes } from 'node:crypto';
import type { SFNClient } from '@aws-sdk/client-sfn';
import type { InterruptionNotice, UnpublishedFailure } from './interruption-notice';
import type { Repair } from './repair-event';
import { StateMachine, laterName } from '../step-functions/state-machine';

/** What the recovery of an order begins with: the owner of the order, and why it is taken over. */
export type RecoveryInput = { readonly orderId: string; readonly owner: string } & (
  | { readonly published: boolean; readonly failure: InterruptionNotice }
  | { readonly unpublished: readonly UnpublishedFailure[] }
  | { readonly repair: Omit<Repair, 'orderId'> }
);

/** The state machine that takes over orders. Of several executions for one order, the first to claim it has it. */
export class RecoveryMachine {
  public constructor(private readonly stateMachine: StateMachine, private readonly newSuffix: () => string) {}

  public async start(input: RecoveryInput): Promise<void> {
    await this.stateMachine.start(laterName(input.orderId, this.newSuffix()), JSON.stringify(input));
  }
}

export function recoveryMachineAt(arn: string, client: SFNClient): RecoveryMachine {
  return new RecoveryMachine(new StateMachine(client, arn), () => randomBytes(4).toString('hex'));
}
