import { App, Stack } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { anOrder, shopFixture, PRODUCTS } from './shop-fixture';
import { EnqueueOrder, OrderProcessingWorkflow, ReserveInventory, ValidateOrder } from '../../../src';
import { LocalCloud } from '../../src';

async function withCloud<T>(stack: Stack, use: (cloud: LocalCloud) => Promise<T>): Promise<T> {
  const cloud = await LocalCloud.fromStack(stack);
  try {
    return await use(cloud);
  } finally {
    await cloud.close();
  }
}

test('a stack without an order workflow is refused', async () => {
  const stack = new Stack(new App(), 'Empty');

  await withCloud(stack, async (cloud) => {
    await expect(cloud.workflow()).rejects.toThrow('there is no order workflow in the stacks: add an OrderProcessingWorkflow');
  });
});

test('of two workflows one is named, by its construct or by a part of its path', async () => {
  const { stack, workflow } = shopFixture();
  const wholesale = new OrderProcessingWorkflow(stack, 'Wholesale', { productsTable: workflow.productsTable });

  await withCloud(stack, async (cloud) => {
    await expect(cloud.workflow()).rejects.toThrow(/several order workflows \(.*Orders.*, .*Wholesale.*\): name one/);
    await expect(cloud.workflow('Retail')).rejects.toThrow("there is no order workflow 'Retail'; there is Shop/Orders, Shop/Wholesale");
    expect(await cloud.workflow('Wholesale')).toBe(await cloud.workflow(wholesale));

    const orders = await cloud.workflow('Orders');
    await orders.seed(PRODUCTS);
    await orders.process(anOrder('retail'));
    expect(await (await cloud.workflow(wholesale)).order('retail')).toBeUndefined();
  });
});

test('an EXPRESS workflow runs its orders too', async () => {
  const { stack } = shopFixture(() => ({ stateMachineType: StateMachineType.EXPRESS }));

  await withCloud(stack, async (cloud) => {
    const orders = await cloud.workflow();
    await orders.seed(PRODUCTS);
    expect(await orders.process(anOrder('express'))).toMatchObject({ status: 'COMPLETED', path: expect.arrayContaining(['Complete order']) });
  });
});

test('messages to a queue are there by the queue’s construct or name', async () => {
  let queue!: Queue;
  const { stack } = shopFixture((shop) => {
    queue = new Queue(shop, 'Fulfilment');
    return { steps: [new ValidateOrder(), new ReserveInventory()], closingSteps: [new EnqueueOrder({ queue })] };
  });

  await withCloud(stack, async (cloud) => {
    const orders = await cloud.workflow();
    await orders.seed(PRODUCTS);
    await orders.process(anOrder('sent'));
    expect(orders.sent.messages(queue)).toMatchObject([{ body: { orderId: 'sent' } }]);
    expect(orders.sent.messages('Fulfilment')).toHaveLength(1);
    expect(() => orders.sent.messages('Returns')).toThrow("there is no queue or topic 'Returns'; there are Shop/");
    await expect(orders.seed({ discounts: [{}] })).rejects.toThrow(/there is no table 'discounts'; there are orders, products, Shop/);
  });
});
