import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { TerminalFixture } from './terminal-fixture';
import { AssemblyFixture } from './assembly-fixture';
import { run } from '../../src/cli/run';
import { DynoxideProcess } from '../../src/services/dynamodb/dynoxide-process';
import { anOrder, PRODUCTS } from '../testkit/shop-fixture';

const shop = new AssemblyFixture();
const seed = shop.file('seed.json', { products: PRODUCTS });
const chairs = { items: [{ productId: 'chair', quantity: 2, price: 120 }], totalAmount: 240 };

afterAll(() => shop.remove());

function ordersFile(name: string, orders: object[]): string {
  return shop.file(name, { orders });
}

test('--once runs the orders, prints each one’s path and ending, and exits with 0 if all ended as expected', async () => {
  const terminal = new TerminalFixture();
  const orders = ordersFile('good.json', [
    { order: anOrder('order-1'), expect: 'COMPLETED' },
    { order: anOrder('order-2', chairs), expect: 'OUT_OF_STOCK' },
    { order: anOrder('order-3', { userId: 'breaks' }), expect: 'REFUNDED' },
    { order: anOrder('order-4', { totalAmount: 1 }), expect: 'INVALID' },
  ]);

  expect(await run([shop.cdkOut, '--seed', seed, '--once', orders], terminal)).toBe(0);

  expect(terminal.printed[0]).toBe(`reading ${shop.cdkOut}`);
  expect(terminal.text).toMatch(/ready in \d+\.\d s/);
  expect(terminal.text).toMatch(/✓ order-1 ended COMPLETED\n {4}ValidateOrder > .*\n?.*> ProcessPayment >/);
  expect(terminal.text).toContain('✓ order-2 ended OUT_OF_STOCK (chair: 2 wanted, 1 in stock)');
  expect(terminal.text).toMatch(/order-3 +failed step +CheckFraud: RangeError: no score\n/);
  expect(terminal.text).toMatch(/order-3 +alert +order-failed, step CheckFraud: RangeError\n/);
  expect(terminal.text).toMatch(/order-1 +message +to Shop\/Shipping: {"orderId":"order-1",.*…\n/);
  expect(terminal.text).toMatch(/order-3 +REFUNDED +v\d/);
  expect(terminal.printed[terminal.printed.length - 1]).toBe('4 of 4 orders ended as expected');
  expect(terminal.errors).toEqual([]);
});

test('--once exits with 1 if an order ended otherwise', async () => {
  const terminal = new TerminalFixture();
  const orders = ordersFile('bad.json', [{ order: anOrder('order-1', chairs), expect: 'COMPLETED' }, { order: anOrder('order-2') }]);

  expect(await run([shop.cdkOut, '--seed', seed, '--once', orders], terminal)).toBe(1);

  expect(terminal.text).toContain('✗ order-1 ended OUT_OF_STOCK, but COMPLETED was expected');
  expect(terminal.text).toContain('1 of 2 orders ended as expected');
});

test('--function runs the handler of a file instead of a function', async () => {
  const terminal = new TerminalFixture();
  const orders = ordersFile('stand-in.json', [{ order: anOrder('order-1'), expect: 'REFUNDED' }]);
  const stub = shop.file('stub.mjs', "export const handler = async () => { throw new Error('the stub has no score'); };");

  expect(await run([shop.cdkOut, '--seed', seed, '--once', orders, '--function', `Fraud=${stub}`], terminal)).toBe(0);

  expect(terminal.text).toMatch(/order-1 +failed step +CheckFraud: Error: the stub has no score\n/);
});

test('--as starts the orders in the name of a role, which must be allowed to', async () => {
  const terminal = new TerminalFixture();
  const orders = ordersFile('as.json', [{ order: anOrder('order-1') }]);

  expect(await run([shop.cdkOut, '--seed', seed, '--once', orders, '--as', 'Shop/Fraud'], terminal)).toBe(1);

  expect(terminal.text).toMatch(/✗ order-1: User: arn:aws:sts::000000000000:assumed-role\/Shop-Fraud\S+ is not authorized to perform: states:StartExecution on/);
});

test('it serves until it is interrupted, and prints what happens meanwhile', async () => {
  const terminal = new TerminalFixture();
  const orders = ordersFile('serve.json', [{ order: anOrder('order-1'), expect: 'COMPLETED' }]);
  const code = run([shop.cdkOut, '--seed', seed, '--orders', orders, '--logs'], terminal);

  await terminal.until('✓ order-1 ended COMPLETED');
  terminal.interrupt();

  expect(await code).toBe(0);
  expect(terminal.text).toMatch(/AWS endpoint +http:\/\/127\.0\.0\.1:\d+\n/);
  expect(terminal.text).toMatch(/workflow +arn:aws:states:.*\n +orders table +Shop-.*\n +products table +Shop-/);
  expect(terminal.text).toContain('checking ann');
  expect(terminal.text).toMatch(/in name only: .*\d CloudWatch::Dashboard/);
  const statuses = terminal.printed.flatMap((line) => /^\S+ +order-1 +(\w+) +v\d/.exec(line)?.[1] ?? []);
  expect(statuses).toEqual(['RECEIVED', 'VALID', 'RESERVED', 'PAID', 'CLEARED', 'COMPLETED']);
});

test('--help and --version print and exit', async () => {
  const terminal = new TerminalFixture();
  expect(await run(['--help'], terminal)).toBe(0);
  expect(await run(['--version'], terminal)).toBe(0);
  expect(terminal.printed).toEqual([expect.stringContaining('--once <file>'), expect.stringMatching(/^\d+\.\d+\.\d+/)]);
});

test.each<[string, string[], RegExp]>([
  ['no folder', ['no-such-folder'], /^there is no no-such-folder: run cdk synth first, or name the folder that it wrote$/],
  ['no cloud assembly', [shop.folder], /^no cloud assembly at .*: there is no manifest\.json in it; run cdk synth first$/],
  ['two folders', [shop.cdkOut, 'b'], /^one cloud assembly is run at a time, not 2: .*cdk\.out, b$/],
  ['an unknown command', ['frobnicate', 'order'], /^there is no command 'frobnicate': use retry or resolve, or give only the folder of a cloud assembly$/],
  ['an unknown option', ['--foo'], /^unknown option '--foo'; --help lists the options$/],
  ['a function without a file', ['--function', 'Fraud'], /^--function is Fraud: give a function and the file that stands in for it, such as Shop\/Fraud=stub\.mjs$/],
  ['a file that is not there', [shop.cdkOut, '--function', 'Fraud=none.mjs'], /^there is no file none\.mjs to stand in for the function Shop\/Fraud$/],
  ['a port that is none', ['--port', '70000'], /^--port is 70000: give a number from 1 to 65535$/],
  ['a database that is no URL', ['--dynamodb-endpoint', 'here'], /^--dynamodb-endpoint is here: give a URL such as http/],
  ['a database that is not there', [shop.cdkOut, '--dynamodb-endpoint', 'http://127.0.0.1:9'], /^nothing responds at http:\/\/127\.0\.0\.1:9: start the database/],
  ['no seed file', [shop.cdkOut, '--seed', 'none.json'], /^there is no file none\.json$/],
  ['a broken seed file', [shop.cdkOut, '--seed', shop.file('broken.json', '{')], /broken\.json is not JSON: /],
  ['a seed of no rows', [shop.cdkOut, '--seed', shop.file('rows.json', { products: {} })], /rows\.json: 'products' must be a list of rows/],
  ['a seed without its key', [shop.cdkOut, '--seed', shop.file('key.json', { products: [{}] })], /key\.json: .*productId/],
  ['an unknown table', [shop.cdkOut, '--seed', shop.file('table.json', { sales: [{}] })], /table\.json: there is no table 'sales'; there are orders, products, Shop\//],
  ['orders that are not JSON', [shop.cdkOut, '--once', shop.file('orders.txt', 'order-1')], /orders\.txt is not JSON: /],
  ['orders that are a list', [shop.cdkOut, '--once', shop.file('list.json', [])], /list\.json must hold a JSON object$/],
  ['no list of orders', [shop.cdkOut, '--once', shop.file('one.json', { orders: {} })], /one\.json must have a list 'orders': /],
  ['no orders', [shop.cdkOut, '--once', shop.file('none.json', { orders: [] })], /none\.json has no orders: give at least one: /],
  ['orders beside more', [shop.cdkOut, '--once', shop.file('more.json', { orders: [], expect: 'VALID' })], /more\.json has 'expect', which is not known there: use orders$/],
  ['a mistyped expectation', [shop.cdkOut, '--once', ordersFile('typo.json', [{ order: anOrder('a'), expects: 'VALID' }])],
    /typo\.json: orders\[0\] has 'expects', which is not known there: use order, expect, workflow$/],
  ['an id that is no name', [shop.cdkOut, '--once', ordersFile('name.json', [{ order: anOrder('a b/c') }])],
    /orders\[0\] has the orderId 'a b\/c', which no execution can have as its name: use 1 to 64 of the characters A-Z a-z 0-9 _ -$/],
  ['an order without an id', [shop.cdkOut, '--once', ordersFile('id.json', [{ order: {} }])], /id\.json: orders\[0\] has no orderId/],
  ['an order twice', [shop.cdkOut, '--once', ordersFile('twice.json', [{ order: anOrder('a') }, { order: anOrder('a') }])], /two orders a; an order id stands/],
  ['an expectation that is no status', [shop.cdkOut, '--once', ordersFile('e.json', [{ order: anOrder('a'), expect: 1 }])], /'expect' must be a status/],
  ['orders twice', ['--once', 'a', '--orders', 'b'], /^--once and --orders exclude each other/],
  ['an unknown role', [shop.cdkOut, '--as', 'Shop/Guest'], /^there is no role 'Shop\/Guest'; there are Shop\/Fraud\/ServiceRole, /],
  ['an unknown workflow', [shop.cdkOut, '--workflow', 'Returns'], /^there is no order workflow 'Returns'; there is Shop\/Orders$/],
])('%s is one clear line and exit code 2', async (_, args, line) => {
  const terminal = new TerminalFixture();

  expect(await run(args, terminal)).toBe(2);

  expect(terminal.errors).toEqual([expect.stringMatching(line)]);
});

test('a port in use is an error, with its number', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const terminal = new TerminalFixture();

  expect(await run([shop.cdkOut, '--port', String(port)], terminal)).toBe(2);

  expect(terminal.errors).toEqual([`port ${port} is in use: choose another one, or end what listens there`]);
  await new Promise((resolve) => server.close(resolve));
});

test('a database that has the tables already is an error', async () => {
  const database = await DynoxideProcess.start();
  try {
    const orders = ordersFile('once.json', [{ order: anOrder('order-1') }]);
    const again = [shop.cdkOut, '--dynamodb-endpoint', database.url, '--once', orders];
    expect(await run(again, new TerminalFixture())).toBe(0);

    const terminal = new TerminalFixture();
    expect(await run(again, terminal)).toBe(2);
    expect(terminal.errors).toEqual([`the database at ${database.url} has tables of these names already: empty it, or give another one`]);
  } finally {
    await database.stop();
  }
});

test('a database that is not installed is an error', async () => {
  const terminal = new TerminalFixture();
  process.env.DYNOXIDE_BIN = 'no-such-binary';
  try {
    expect(await run([shop.cdkOut], terminal)).toBe(2);
  } finally {
    delete process.env.DYNOXIDE_BIN;
  }
  expect(terminal.errors).toEqual(['DYNOXIDE_BIN is no-such-binary, but there is no such file; correct it, or unset it to use the installed one']);
});
