import type { OrderRow } from '../../src/contract/order-row';
import { closeOrder } from '../../src/contract/writes/closing';
import { holdByRecovery, noteFailure, noteNotification } from '../../src/contract/writes/holding';
import { countRestart, giveUp, startAnew } from '../../src/contract/writes/recovering';
import type { Change } from '../dynamodb/database';
import { changeOf } from '../order/row-write';

/** Counts a restart of the order. Of those that read the same count, one does. */
export function restarted({ restarts }: OrderRow, times: number): Change {
  return changeOf(countRestart, { times, restarts });
}

/** It was published that no execution takes the order. */
export function givenUp(at: string): Change {
  return changeOf(giveUp, { at });
}

/** Forgets how often the order was started in vain: an operator states that the cause is gone. */
export function startedAnew({ givenUpAt }: OrderRow): Change {
  return changeOf(startAnew, { givenUpAt: givenUpAt! });
}

/** The operators were notified of an order that is on hold, or has to be. */
export function holdNotified({ version, onHold }: OrderRow, at: string): Change {
  return changeOf(onHold ? noteNotification : holdByRecovery, { at, version });
}

/** The failure of an order on hold was published. */
export function failureNoted({ version }: OrderRow, at: string): Change {
  return changeOf(noteFailure, { at, version });
}

/** Takes an order that has ended off the list of those that are open. */
export function closed({ owner, version }: OrderRow): Change {
  return changeOf(closeOrder, { owner: owner!, version });
}
