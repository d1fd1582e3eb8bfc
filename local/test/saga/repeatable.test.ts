import { OrderOutcome } from '../../src';
import { sagaStack, openSagaOf, order } from './saga-fixture';

/** All 100 at night, a sample with every change. */
const RUNS = Number(process.env.REPEATED_RUNS ?? 20);
const STACK = sagaStack();
const STATES = ['ValidateOrder', 'ReserveInventory', 'ProcessPayment', 'CheckFraud', 'Complete order', 'Undo ReserveInventory'];

/** What became of a few orders in a cloud of their own, in which any of these states may fail. */
async function unluckyDay(): Promise<OrderOutcome[]> {
  const { cloud, orders } = await openSagaOf(STACK);
  try {
    for (const state of STATES) {
      orders.faults.state(state).withProbability(0.4).failsAfterEffect();
    }
    const outcomes: OrderOutcome[] = [];
    for (const id of ['a', 'b', 'c']) {
      outcomes.push(await orders.process(order(`order-${id}`, id === 'c' ? 'eve' : 'ann')));
    }
    return outcomes;
  } finally {
    await cloud.close();
  }
}

test(`the same seed gives the same orders the same history, to the last retry, in ${RUNS} runs`, async () => {
  const first = await unluckyDay();
  expect(first.some(({ path }) => path.includes('Begin undo') || path.includes('Undo ReserveInventory'))).toBe(true);

  for (let run = 1; run < RUNS; run++) {
    expect(await unluckyDay()).toEqual(first);
  }
}, 300_000);
