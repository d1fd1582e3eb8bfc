import { releaseNothing, releaseReservation } from '../../src/contract/writes/undoing';
import type { Action } from '../dynamodb/database';
import { Failure } from '../failure';
import type { Inventory } from './inventory';
import { OrderDocument, OrderRow, Reservation, ReservedLine, documentOf } from '../order/order';
import { changeOf } from '../order/row-write';
import type { UndoEvent } from '../order/step-event';

type Undoer = UndoEvent['write'];

/** Gives back what the order took from the stock, once. Status and version stay: an undo is recorded beside them. */
export async function releaseInventory(inventory: Inventory, orderId: string, write: Undoer): Promise<OrderDocument> {
  const row = await undoing(inventory, orderId, write);
  if (isDone(row, write)) return documentOf(row);
  return row.reservation
    ? giveBack(inventory, row, row.reservation, write)
    : recordNothingToRelease(inventory, orderId, write);
}

function isDone({ undo, reservation }: OrderRow, { step }: Undoer): boolean {
  return undo?.done[step] !== undefined || reservation?.status === 'RELEASED';
}

async function giveBack(
  inventory: Inventory, row: OrderRow, reservation: Reservation, write: Undoer, gone: readonly ReservedLine[] = [],
): Promise<OrderDocument> {
  const { database, orders, stock } = inventory;
  const lines = reservation.lines.filter(line => !gone.includes(line));
  const released: Reservation = {
    ...reservation, status: 'RELEASED', releasedAt: write.at, ...gone.length > 0 ? { unreturned: gone } : {},
  };
  const actions: Action[] = [
    orders.action(row.orderId, changeOf(releaseReservation, { ...write, reservation: released })),
    ...lines.map(line => stock.giveBack(line)),
  ];
  const failed = await database.transact(actions);
  if (failed.length === 0) return documentOf({ ...row, reservation: released });
  if (failed[0].action === 0) return doneConcurrently(inventory, row.orderId, write);
  // A product that is no longer sold must not keep the others from going back.
  return giveBack(inventory, row, reservation, write, [...gone, ...failed.map(({ action }) => lines[action - 1])]);
}

async function recordNothingToRelease(inventory: Inventory, orderId: string, write: Undoer): Promise<OrderDocument> {
  const row = await inventory.orders.change(orderId, changeOf(releaseNothing, write));
  return row ? documentOf(row) : doneConcurrently(inventory, orderId, write);
}

/** The write was refused: the only valid reason is that the same release ran concurrently and was first. */
async function doneConcurrently(inventory: Inventory, orderId: string, write: Undoer): Promise<OrderDocument> {
  const row = await undoing(inventory, orderId, write);
  if (isDone(row, write)) return documentOf(row);
  throw unexpected(write, orderId, `its reservation is ${row.reservation?.status ?? 'missing'}`);
}

/** The row, if its undo belongs to this execution. */
async function undoing({ orders }: Inventory, orderId: string, write: Undoer): Promise<OrderRow> {
  const row = await orders.find(orderId);
  if (!row) throw unexpected(write, orderId, 'it has no row');
  if (row.owner !== write.owner) {
    throw new Failure('NotOwner', `order ${orderId} belongs to ${row.owner ?? 'no execution'}, not to ${write.owner}: nothing was released`);
  }
  if (!row.undo) throw unexpected(write, orderId, 'its undo has not begun');
  return row;
}

function unexpected(write: Undoer, orderId: string, found: string): Failure {
  return new Failure('UnexpectedOrderState', `order ${orderId} cannot be released for step ${write.step}: ${found}`);
}
