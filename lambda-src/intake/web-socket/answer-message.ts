import { AcceptedMessage, CancellingMessage, IntakeMessage, RefusedMessage, intakeMessageIn, orderIdIn, refusedMessage } from './messages';
import { logDone, logFailure, stopwatch } from '../../log';
import type { Connection } from '../../status-feed/connections';
import type { ErrorMessage } from '../../status-feed/error-message';
import type { StatusMessage } from '../../status-feed/status-message';
import { Watching, subscribe } from '../../status-feed/subscribe';
import { cancelOrder } from '../cancel-order';
import { Intake, acceptOrder } from '../place-order';
import { Refusal, notFound } from '../refusal';
import { submissionOf } from '../submission';
import type { WatchPermits } from '../watch-permits';

export interface WebSocketIntake {
  readonly intake: Intake;
  readonly permits: WatchPermits;
  /** The feed that the client is subscribed to its order on. */
  readonly watching: Watching;
}

export type Answer = AcceptedMessage | CancellingMessage | RefusedMessage;

/** Answers a client that orders or cancels. Never throws: API Gateway would send a response of its own. */
export async function answerMessage(socket: WebSocketIntake, connectionId: string, body = ''): Promise<Answer> {
  let message: IntakeMessage | undefined;
  const took = stopwatch();
  try {
    message = intakeMessageIn(body);
    const connection = await socket.watching.connections.find(connectionId);
    if (!connection) return { type: 'error', code: 'unavailable', message: 'unknown connection: connect again' };
    const answer = message.action === 'submitOrder' ? await submit(socket, connection, message) : await cancel(socket, connection, message);
    logDone('a message was answered', { action: message.action, orderId: answer.orderId, status: answer.status, connectionId, ...took() });
    return answer;
  } catch (error) {
    const orderId = orderIdIn(message);
    const about = { action: message?.action, orderId, connectionId, ...took() };
    if (error instanceof Refusal) logDone('a message was rejected', { ...about, refusal: error.kind });
    else logFailure(`${message?.action} failed`, error, about);
    return refusedMessage(error, orderId);
  }
}

async function submit(
  { intake, permits, watching }: WebSocketIntake, { connectionId, principal }: Connection,
  { order, idempotencyKey }: IntakeMessage & { action: 'submitOrder' },
): Promise<AcceptedMessage> {
  const submission = submissionOf({ order, idempotencyKey, userId: principal }, intake.defaults);
  // Read before the order is placed: what fails from here on must not send the order back.
  const watchToken = await permits.tokenFor(submission.order.orderId);
  const watch = async (orderId: string) => subscribe(watching, connectionId, { orderId, watchToken }).catch(() => undefined);
  let early: StatusMessage | ErrorMessage | undefined;
  // A subscription before the start receives every status. The order is placed even if the subscription fails.
  const { orderId, status } = await acceptOrder(intake, submission, async id => {
    early = await watch(id);
  });
  const seen = early ?? await watch(orderId);
  return seen?.type === 'order.status'
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
