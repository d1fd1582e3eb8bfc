import { TerminalFixture } from './terminal-fixture';
import { AssemblyFixture } from './assembly-fixture';
import { run } from '../../src/cli/run';
import { anOrder, PRODUCTS } from '../testkit/shop-fixture';

const mall = new AssemblyFixture('Shop', 'Tills');
const seed = mall.file('seed.json', { products: PRODUCTS });
const chair = { items: [{ productId: 'chair', quantity: 1, price: 120 }], totalAmount: 120 };

afterAll(() => mall.remove());

async function once(orders: object[], ...options: string[]): Promise<{ code: number; terminal: TerminalFixture }> {
  const terminal = new TerminalFixture();
  const code = await run([mall.cdkOut, '--seed', seed, '--once', mall.file('orders.json', { orders }), ...options], terminal);
  return { code, terminal };
}

test('with several workflows each order names its own, and each of these has the rows of the seed file', async () => {
  const { code, terminal } = await once([
    { workflow: 'Shop', order: anOrder('order-1', chair), expect: 'COMPLETED' },
    { workflow: 'Tills/Orders', order: anOrder('order-2', chair), expect: 'COMPLETED' },
    { workflow: 'Tills', order: anOrder('order-3', chair), expect: 'OUT_OF_STOCK' },
  ]);

  expect(code).toBe(0);
  expect(terminal.text).toMatch(/order-2 +RESERVED +v3/);
});

test('--workflow names the one that gets the orders that name none', async () => {
  const { code, terminal } = await once([{ order: anOrder('order-1') }, { workflow: 'Tills', order: anOrder('order-2') }], '--workflow', 'Shop');

  expect(code).toBe(0);
  expect(terminal.text).toContain('2 of 2 orders ended as expected');
});

test.each([
  [{}, 'there are several order workflows (Shop/Orders, Tills/Orders): name one by its construct or a part of its path'
    + ', with --workflow or as the workflow of each order'],
  [{ workflow: 'Kiosk' }, "there is no order workflow 'Kiosk'; there is Shop/Orders, Tills/Orders"],
  [{ workflow: 1 }, `${mall.folder}/orders.json: orders[0]: 'workflow' must be a part of the path of a workflow, such as Shop/Orders`],
])('an order with %j of several workflows is one clear line and exit code 2', async (which, line) => {
  const { code, terminal } = await once([{ ...which, order: anOrder('order-1') }]);

  expect(code).toBe(2);
  expect(terminal.errors).toEqual([line]);
});
