import { IntakeFixture, advance, queued } from '../../support/intake-fixture';
import {
  Fault, RequestFaults, arrivesLate, failsAfterwards, notSent, refusedWith, responseLost,
} from '../../support/request-faults';
import { ORDER } from '../../support/shop-fixture';
import { startIntakes } from '../../support/start-intakes';

const started = startIntakes();
let fixture: IntakeFixture;

/** How an intake answers: accepted, sent back, of unknown outcome, refused for another reason; or it keeps the message for a retry, or has done with it. */
type Reply = 'accepted' | 'again' | 'unknown' | 'refused' | 'kept' | 'done';
type Send = (order: object) => Promise<Reply>;

const REPLIES: Record<string, Reply> = {
  '202': 'accepted', '429': 'again', '503': 'again', 'busy': 'again', 'unavailable': 'again', 'outcome-unknown': 'unknown',
};
const replyOf = (code: string): Reply => REPLIES[code] ?? 'refused';

/** What each intake says to its sender. An intake without an answer keeps the message for a retry, or does not. */
const INTAKES: Record<string, Send> = {
  'over HTTP': async order => {
    const { status, body } = await fixture.postOrder(order);
    return replyOf(body.type === 'urn:problem-type:outcome-unknown' ? 'outcome-unknown' : String(status));
  },
  'over WebSocket': async order => {
    const answer = await fixture.sendMessage('known', { action: 'submitOrder', order });
    return answer.type === 'error' ? replyOf(answer.code) : 'accepted';
  },
  'from a queue': async order => (await fixture.receiveBatch([queued('m-1', order)])).length === 0 ? 'done' : 'kept',
  'from a bus': async order => fixture.receiveEvent({ id: 'e-1', detail: order }).then(() => 'done' as const, () => 'kept' as const),
};

let late: Array<() => Promise<unknown>>;
const FAULTS: Record<string, Fault> = {
  'is not sent': notSent,
  'is carried out, and its answer is lost': responseLost,
  'times out, and is carried out later': async deliver => arrivesLate(late)(deliver),
  'is throttled': refusedWith('ThrottlingException'),
  'meets an outage': refusedWith('InternalServerError'),
  'is carried out, and is reported as failed': failsAfterwards,
};

const SERVICES: Record<string, () => RequestFaults[]> = {
  'the tables': () => [fixture.requests],
  'Step Functions': () => [fixture.workflowRequests],
  'both services': () => [fixture.requests, fixture.workflowRequests],
  'the table of connections': () => [fixture.shop.requests],
};

interface Case {
  readonly service: string;
  readonly call: number;
  readonly fault: string;
  readonly persists: boolean;
}

/** No intake makes more than three calls of one service for an order that meets no fault. */
const CASES: Case[] = Object.keys(SERVICES).flatMap(service => Object.keys(FAULTS).flatMap(fault =>
  [1, 2, 3].flatMap(call => [false, true].map(persists => ({ service, call, fault, persists })))));
const casesOf = (intake: string) => CASES.filter(({ service }) => intake === 'over WebSocket' || service !== 'the table of connections');

/** Sends one order while a call fails, and returns what is wrong with the answer. */
async function wrongWith(send: Send, order: { orderId: string }, { service, call, fault, persists }: Case): Promise<string | undefined> {
  late = [];
  SERVICES[service]().forEach(requests => requests.atCall(call, FAULTS[fault], persists));
  const reply = await send(order);
  [fixture.requests, fixture.workflowRequests, fixture.shop.requests].forEach(requests => requests.end());
  for (const arrive of late) await arrive();

  const executions = started.stepFunctions.started.filter(({ name }) => name === order.orderId).length;
  const row = await fixture.shop.row(order.orderId);
  // The sweeper starts the execution of a row that has none.
  const isExecuted = executions > 0 || row !== undefined;
  if (reply === 'again' && isExecuted) return 'sent back, and executed';
  if (reply === 'accepted' && !isExecuted) return 'accepted, and never executed';
  if (reply === 'refused' && isExecuted) return 'refused, and executed';
  if (reply === 'done' && executions === 0) return 'acknowledged, and not started';
  // With one service left, an intake finds out.
  if (reply === 'unknown' && service !== 'both services') return 'of unknown outcome';
  return undefined;
}

describe.each(Object.entries(INTAKES))('an order %s', (intake, send) => {
  test.each([['STANDARD', false], ['EXPRESS', true]])('that meets any fault on %s is executed where the answer is 202, and nowhere else', async (_, isExpress) => {
    fixture = await started.open({ isExpress });
    await fixture.connect('known', ORDER.userId);
    const wrong: string[] = [];
    for (const [index, each] of casesOf(intake).entries()) {
      const what = await wrongWith(send, { ...ORDER, orderId: `order-${index}` }, each);
      if (what) wrong.push(`${what}: call ${each.call} of ${each.service} ${each.fault}${each.persists ? ', and so do all that follow' : ''}`);
    }
    expect(wrong).toEqual([]);
  }, 120_000);

  test('that is sent again after any fault is executed once', async () => {
    fixture = await started.open();
    await fixture.connect('known', ORDER.userId);
    for (const [index, each] of casesOf(intake).filter(({ persists }) => persists).entries()) {
      const order = { ...ORDER, orderId: `order-${index}` };
      await wrongWith(send, order, each);
      advance(5_000);
      expect([intake, each, await send(order)]).toEqual([intake, each, expect.stringMatching(/^(accepted|done)$/)]);
      expect([each, started.stepFunctions.started.filter(({ name }) => name === order.orderId).length]).toEqual([each, 1]);
    }
  }, 120_000);
});
