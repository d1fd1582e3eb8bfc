import { ANOTHER_MACHINE } from './executions';
import { recover } from './recover-order';
import type { Repairs } from './repair';
import { Failure } from '../failure';
import { NEEDS_ATTENTION, OrderRow } from '../order/order';

/**
 * Takes over an order whose execution belongs to an earlier state machine of the workflow. That cannot be described: the operator states by
 * this call that it has ended. If it has not, the claim of the recovery refuses all of its writes.
 */
export async function takeOver(repairs: Repairs, row: OrderRow): Promise<void> {
  const reason = reasonAgainst(repairs, row);
  if (reason) throw new Failure('NothingToRepair', `order ${row.orderId} is ${row.status} and cannot be taken over: ${reason}`);
  await recover(repairs, row, { execution: row.owner!, status: ANOTHER_MACHINE });
}

function reasonAgainst({ executions }: Repairs, { openSince, status, owner }: OrderRow): string | undefined {
  if (openSince === undefined) return 'it has ended';
  if (owner === undefined) return 'no execution has it, and the sweeper starts it';
  if (status === NEEDS_ATTENTION) return "repair it with 'retry' or 'resolved'";
  if (!executions.isOfAnotherMachine(owner)) return `the sweeper recovers it once its execution ${owner} has ended`;
  return undefined;
}
