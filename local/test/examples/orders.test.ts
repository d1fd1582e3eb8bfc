import { openExample, ordersOf } from './example-cloud';
import { EXAMPLES } from '../../../examples/names';

test.each(EXAMPLES)('each order of %s ends as its file says', async (example) => {
  const { cloud } = await openExample(example);

  for (const { workflow, order, orderId, expect: expected } of ordersOf(example)) {
    const { status } = await (await cloud.workflow(workflow)).process(order);
    expect(`${orderId} ${status}`).toBe(`${orderId} ${expected}`);
  }

  await cloud.close();
});
