import { AcceptedMessage, CancellingMessage, IntakeMessage, RefusedMessage, intakeMessageIn, orderIdIn, refusedMessage } from './messages';
import { logFailure } from '../../log';
import type { Connection } from '../../status-feed/connections';
import { Watching, subscribe } from '../../status-feed/subscribe';
import { cancelOrder } from '../cancel-order';
import { Intake, placeOrder } from '../place-order';
import { Refusal, notFound } from '../refusal';
import { submissionOf } from '../submission';
import type { WatchPermits } from '../watch-permits';

export interface WebSocketIntake {
  readonly intake: Intake;
  readonly permits: WatchPermits;
  /** The feed on which whoever sends an order watches it. */
  readonly watching: Watching;
}

export type Answer = AcceptedMessage | CancellingMessage | RefusedMessage;

/** Answers a browser that orders or cancels. Never throws: API Gateway would send words of its own. */
export async function answerMessage(socket: WebSocketIntake, connectionId: string, body = ''): Promise<Answer> {
  let message: IntakeMessage | undefined;
  try {
    message = intakeMessageIn(body);
    const connection = await socket.watching.connections.find(connectionId);
    if (!connection) return { type: 'error', code: 'unavailable', message: 'this connection is not known: connect again' };
    return message.action === 'submitOrder' ? await submit(socket, connection, message) : await cancel(socket, connection, message);
  } catch (error) {
    const orderId = orderIdIn(message);
    if (!(error instanceof Refusal)) logFailure(`${message?.action} failed`, error, { connectionId });
    return refusedMessage(error, orderId);
  }
}

async function submit(
  { intake, permits, watching }: WebSocketIntake, { connectionId, principal }: Connection,
  { order, idempotencyKey }: IntakeMessage & { action: 'submitOrder' },
): Promise<AcceptedMessage> {
  const { orderId, status } = await placeOrder(intake, submissionOf({ order, idempotencyKey, userId: principal }, intake.defaults));
  const watchToken = await permits.tokenFor(orderId);
  const seen = await subscribe(watching, connectionId, { orderId, watchToken });
  return seen.type === 'order.status'
    ? { type: 'order.accepted', orderId, status: seen.status, version: seen.version, subscribed: true, watchToken }
    : { type: 'order.accepted', orderId, status, version: 1, subscribed: false, watchToken };
}

async function cancel(
  { intake, permits }: WebSocketIntake, { principal }: Connection, { orderId, watchToken }: IntakeMessage & { action: 'cancelOrder' },
): Promise<CancellingMessage> {
  const row = await intake.orders.find(orderId);
  if (!await permits.allow({ userId: principal, token: watchToken }, orderId, row)) throw notFound();
  const { status } = await cancelOrder(intake, orderId);
  return { type: 'order.cancelling', orderId, status };
}
