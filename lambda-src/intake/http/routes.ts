import { CallerRules, HttpEvent, callerOf, deciderOf } from './caller';
import { bodyOf, cancelOf, decisionOf } from './request-body';
import { Approvals, decideApproval } from '../../approval/decide';
import type { OrderRow } from '../../order/order';
import { isOrderId } from '../../order/order-contract';
import { cancelOrder } from '../cancel-order';
import { historyView, orderView } from '../order-view';
import { Intake, acceptOrder } from '../place-order';
import { Refusal, notFound } from '../refusal';
import { submissionOf } from '../submission';
import type { WatchPermits } from '../watch-permits';

export interface HttpIntake {
  readonly intake: Intake;
  readonly approvals: Approvals;
  readonly permits: WatchPermits;
  readonly rules: CallerRules;
  /** The URL of the WebSocket feed. */
  readonly feedUrl?: string;
}

export interface HttpAnswer {
  readonly status: number;
  readonly body: object;
  readonly headers?: Record<string, string>;
}

export type Route = (http: HttpIntake, event: HttpEvent) => Promise<HttpAnswer>;

export const ROUTES: Readonly<Record<string, Route | undefined>> = {
  'POST /orders': async ({ intake, permits, rules, feedUrl }, event) => {
    const { userId } = callerOf(rules, event);
    const idempotencyKey = event.headers['idempotency-key'];
    const submission = submissionOf({ order: bodyOf(event), userId, idempotencyKey }, intake.defaults);
    // Read before the order is placed: what fails from here on must not send the order back.
    const watchToken = await permits.tokenFor(submission.order.orderId);
    const placed = await acceptOrder(intake, submission);
    const order = `${event.rawPath.replace(/\/+$/, '')}/${placed.orderId}`;
    const links = { order, history: `${order}/history`, cancel: `${order}/cancel`, feed: feedUrl };
    return { status: 202, body: { ...placed, watchToken, links }, headers: { location: order } };
  },

  'GET /orders/{orderId}': async (http, event) => ({ status: 200, body: orderView(await orderOf(http, event)) }),

  'GET /orders/{orderId}/history': async (http, event) => ({ status: 200, body: historyView(await orderOf(http, event)) }),

  'POST /orders/{orderId}/cancel': async (http, event) => {
    const { orderId } = await orderOf(http, event, cancelOf(event).watchToken);
    const { status } = await cancelOrder(http.intake, orderId);
    return { status: 202, body: { orderId, status } };
  },

  'POST /orders/{orderId}/decision': async ({ approvals, rules }, event) => {
    const by = deciderOf(rules, event);
    const { approved, reason } = decisionOf(event);
    const decision = { orderId: orderIdOf(event), approved, by, reason };
    return { status: 202, body: await decideApproval(approvals, decision).catch(asRefusal) };
  },
};

/** The order of the path, if the caller may access it. The read is consistent: an accepted order is found at once. */
async function orderOf({ intake, permits, rules }: HttpIntake, event: HttpEvent, token = event.headers['x-watch-token']): Promise<OrderRow> {
  const caller = callerOf(rules, event);
  const orderId = orderIdOf(event);
  const row = await intake.orders.find(orderId);
  const isAllowed = await permits.allow({ ...caller, token }, orderId, row);
  if (!row || !isAllowed) throw notFound();
  return row;
}

function orderIdOf({ pathParameters }: HttpEvent): string {
  const orderId = pathParameters?.orderId;
  if (!isOrderId(orderId)) throw notFound();
  return orderId;
}

function asRefusal(error: Error): never {
  if (error.name === 'OrderNotFound') throw notFound();
  if (error.name === 'NothingToDecide') throw new Refusal('nothing-to-decide', error.message);
  throw error;
}
