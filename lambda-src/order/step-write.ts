import { CANCELLED, OrderDocument } from './order';
import type { Change } from '../dynamodb/database';

/** Who writes, in the name of which step, and what it may write. */
export interface StepWrite {
  /** The execution that has the order. */
  readonly owner: string;
  readonly step: string;
  /** When the state was entered: the same for each retry, so that a repeated write has the same bytes. */
  readonly at: string;
  readonly accepted: string;
  readonly rejected: string;
  /** The nearest earlier step that has something to undo. */
  readonly undoFrom?: string;
}

/** The order moves forward; what the step did is stored with it. */
export function accepted(order: OrderDocument, write: StepWrite, effect: Record<string, unknown> = {}): Change {
  return nextVersion(order, write, { status: write.accepted, set: effect });
}

/** The step says no: the same write begins the undo of the steps before, or ends the order if there are none. */
export function rejected(order: OrderDocument, write: StepWrite, reason: string): Change {
  return nextVersion(order, write, {
    status: write.rejected, set: { reason, ...undo('rejected', write) }, ends: !write.undoFrom,
  });
}

/** The customer asked to cancel before the step made its effect. */
export function cancelled(order: OrderDocument, write: StepWrite): Change {
  return nextVersion(order, write, { status: CANCELLED, set: undo('cancelled', write), ends: !write.undoFrom, cancelAsked: true });
}

/** The record of an undo that begins with this write. */
export function undo(cause: 'rejected' | 'cancelled', write: StepWrite): object {
  return write.undoFrom ? { undo: { cause, from: write.undoFrom, done: {} } } : {};
}

interface Move {
  readonly status: string;
  readonly set: object;
  readonly ends?: boolean;
  readonly cancelAsked?: boolean;
}

function nextVersion(order: OrderDocument, write: StepWrite, move: Move): Change {
  const version = order.version + 1;
  const set: Record<string, unknown> = {
    owner: write.owner, status: move.status, version, updatedAt: write.at, ...move.set,
  };
  const named = Object.keys(set).map(name => `#${name} = :${name}`);
  const isMine = '#owner = :owner';
  return {
    UpdateExpression: `SET ${named.join(', ')}, #history.#next = :entry${move.ends ? ' REMOVE #openSince, #openShard' : ''}`,
    ConditionExpression: [
      // Nobody has an order that was only received: its first step takes it.
      order.version === 1 ? `(${isMine} OR attribute_not_exists(#owner))` : isMine,
      '#version = :fromVersion',
      '#status = :fromStatus',
      'attribute_not_exists(#undo)',
      `${move.cancelAsked ? 'attribute_exists' : 'attribute_not_exists'}(#cancelRequestedAt)`,
    ].join(' AND '),
    ExpressionAttributeNames: {
      ...Object.fromEntries(Object.keys(set).map(name => [`#${name}`, name])),
      '#history': 'history',
      '#next': String(version),
      '#undo': 'undo',
      '#cancelRequestedAt': 'cancelRequestedAt',
      ...move.ends ? { '#openSince': 'openSince', '#openShard': 'openShard' } : {},
    },
    ExpressionAttributeValues: {
      ...Object.fromEntries(Object.entries(set).map(([name, value]) => [`:${name}`, value])),
      ':entry': { status: move.status, at: write.at, step: write.step },
      ':fromVersion': order.version,
      ':fromStatus': order.status,
    },
  };
}
