import { SFNClient, SendTaskSuccessCommand } from '@aws-sdk/client-sfn';
import type { Executions } from './executions';
import type { RecoveryMachine } from './recovery-machine';
import { startedAnew } from './recovery-writes';
import type { Repair } from './repair-event';
import { takeOver } from './take-over';
import { isTaskGone } from '../approval/decide';
import { Failure } from '../failure';
import { NEEDS_ATTENTION, OrderRow } from '../order/order';
import type { Orders } from '../order/orders';

/** What a repair needs. */
export interface Repairs {
  readonly orders: Orders;
  readonly executions: Executions;
  readonly workflows: Pick<SFNClient, 'send'>;
  readonly recoveries: RecoveryMachine;
}

/** What goes on with the order, and from which version. */
export interface Repaired {
  readonly orderId: string;
  readonly action: Repair['action'];
  readonly version: number;
  readonly by: 'execution' | 'recovery' | 'sweep';
}

/**
 * Sends the repair to the execution that waits for it, or starts a recovery if that has ended. An order that no execution took
 * is left to the next sweep.
 */
export async function repairOrder(repairs: Repairs, { orderId, ...repair }: Repair): Promise<Repaired> {
  const row = await repairs.orders.find(orderId);
  if (!row) throw new Failure('OrderNotFound', `there is no order ${orderId}`);
  const repaired = { orderId, action: repair.action, version: row.version };
  if (repair.action === 'takeOver') {
    await takeOver(repairs, row);
    return { ...repaired, by: 'recovery' };
  }
  if (isGivenUp(row)) {
    if (repair.action === 'resolved') throw neverStarted(row);
    const again = await repairs.orders.change(orderId, startedAnew(row));
    if (again) return { ...repaired, by: 'sweep' };
  }
  if (row.status !== NEEDS_ATTENTION) throw nothingToRepair(repairs, row);
  // An execution of another state machine cannot be woken: it waits for nothing but this, so a recovery does it.
  const isAnothers = repairs.executions.isOfAnotherMachine(row.owner);
  if (!isAnothers && await isDelivered(repairs, row.onHold?.token, repair)) return { ...repaired, by: 'execution' };
  // The execution that put the order on hold owns it. It got another repair just now, or is about to wait.
  if (!await repairs.executions.endOfOwner(row)) throw stillAtWork(row);
  await repairs.recoveries.start({ orderId, owner: row.owner!, repair });
  return { ...repaired, by: 'recovery' };
}

async function isDelivered({ workflows }: Repairs, taskToken: string | undefined, repair: object): Promise<boolean> {
  if (taskToken === undefined) return false;
  try {
    await workflows.send(new SendTaskSuccessCommand({ taskToken, output: JSON.stringify(repair) }));
    return true;
  } catch (error) {
    if (!isTaskGone(error)) throw error;
    return false;
  }
}

/** An execution that was started after all has the order, though its row still has `givenUpAt`. */
function isGivenUp({ givenUpAt, owner }: OrderRow): boolean {
  return givenUpAt !== undefined && owner === undefined;
}

function neverStarted({ orderId, status }: OrderRow): Failure {
  return new Failure('NothingToRepair', `order ${orderId} is ${status}, and no step of it has run: repair it with 'retry', and the next `
    + "sweep starts it; to end it instead, cancel it first and then repair it with 'retry'");
}

function nothingToRepair({ executions }: Repairs, { orderId, status, openSince, owner }: OrderRow): Failure {
  const meaning = openSince === undefined
    ? 'it has ended, and needs no repair'
    : executions.isOfAnotherMachine(owner)
      ? `its execution ${owner} belongs to an earlier state machine of the workflow: stop it, if it still runs, and repair the order with 'takeOver'`
      : 'its execution still works on it, or the sweeper recovers it';
  return new Failure('NothingToRepair', `order ${orderId} is not ${NEEDS_ATTENTION} but ${status}: ${meaning}`);
}

function stillAtWork({ orderId, owner }: OrderRow): Failure {
  return new Failure('StillAtWork', `the execution ${owner} may still be at work on order ${orderId}, perhaps because another operator `
    + 'repaired it just now: check its status in five minutes, and try again if it did not change');
}
