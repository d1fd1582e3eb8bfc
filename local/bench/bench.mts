import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { LocalCloud, type LocalCloudOptions, type LocalWorkflow, RealClock } from 'cdk-order-workflow-local';

const WARM_UP = 300;
const ORDERS = 1000;
const UNDER_WAY = 32;
const AT_ONCE = 2000;
const PRODUCTS = 50;
const SAMPLE_MS = 1000;
const COMPARED_RUNS = 5;
const COMPARED_ORDERS = 300;

const here = import.meta.dirname;
const folder = mkdtempSync(join(tmpdir(), 'cdk-order-workflow-bench-'));

function say(what: string, value: string, goal = ''): void {
  console.log(`${what.padEnd(44)} ${value}${goal && `  (goal: ${goal})`}`);
}

/** From the start of the process to its being ready, module loading included. */
async function readyTime(folder: string): Promise<number> {
  const begin = performance.now();
  const child = spawn(process.execPath, [join(here, '..', 'lib', 'cli', 'main.js'), folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  for (let printed = ''; !printed.includes('ready in');) {
    printed += String((await once(child.stdout, 'data'))[0]);
  }
  const ready = performance.now() - begin;
  child.kill('SIGINT');
  await once(child, 'exit');
  return ready;
}

function anOrder(orderId: string, number: number) {
  const items = [{ productId: `product-${number % PRODUCTS}`, quantity: 1, price: 10 }];
  return { orderId, userId: 'user', currency: 'EUR', items, totalAmount: 10 };
}

/** Runs so many orders, at most some of them under way at a time, and returns their statuses. */
async function runOrders(workflow: LocalWorkflow, name: string, count: number, underWay: number): Promise<string[]> {
  const statuses: string[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < count) {
      const number = next++;
      statuses.push((await workflow.process(anOrder(`${name}-${number}`, number))).status);
    }
  };
  await Promise.all(Array.from({ length: Math.min(underWay, count) }, lane));
  return statuses;
}

function counted(statuses: readonly string[]): string {
  const counts = new Map<string, number>();
  statuses.forEach((status) => counts.set(status, (counts.get(status) ?? 0) + 1));
  return [...counts].map(([status, count]) => `${count} ${status}`).join(', ');
}

/** Memory of this process and all that it started, in MiB. */
function memory(): number {
  const rows = execFileSync('ps', ['-axo', 'pid=,ppid=,rss='], { encoding: 'utf8' }).trim().split('\n').map((row) => row.trim().split(/\s+/).map(Number));
  const tree = (pid: number): number => rows.filter(([, parent]) => parent === pid).reduce((sum, [child, , rss]) => sum + rss + tree(child), 0);
  const own = rows.find(([pid]) => pid === process.pid)?.[2] ?? 0;
  return Math.round((own + tree(process.pid)) / 1024);
}

async function peakMemoryOf<T>(work: Promise<T>): Promise<{ result: T; peak: number }> {
  let peak = memory();
  const timer = setInterval(() => {
    peak = Math.max(peak, memory());
  }, SAMPLE_MS);
  try {
    return { result: await work, peak };
  } finally {
    clearInterval(timer);
  }
}

/** A warm cloud that runs what a folder holds. */
async function withCloud(
  folder: string, work: (workflow: LocalWorkflow) => Promise<void>, options: LocalCloudOptions = {},
): Promise<void> {
  const cloud = await LocalCloud.fromAssembly(folder, { clock: new RealClock(), ...options });
  try {
    const workflow = await cloud.workflow();
    await workflow.seed(Array.from({ length: PRODUCTS }, (_, number) => ({ productId: `product-${number}`, price: 10, stock: 1_000_000 })));
    await runOrders(workflow, 'warm', WARM_UP, UNDER_WAY);
    await work(workflow);
  } finally {
    await cloud.close();
  }
}

/** Orders per second, and how the orders ended. */
async function throughput(workflow: LocalWorkflow, name: string, count: number): Promise<{ rate: number; statuses: string[] }> {
  const begin = performance.now();
  const statuses = await runOrders(workflow, name, count, UNDER_WAY);
  return { rate: count / ((performance.now() - begin) / 1000), statuses };
}

async function sayThroughput(workflow: LocalWorkflow, what: string, goal = ''): Promise<void> {
  const { rate, statuses } = await throughput(workflow, 'order', ORDERS);
  say(`${ORDERS} orders, ${UNDER_WAY} under way, ${what}`, `${rate.toFixed(0)} orders/s, ${counted(statuses)}`, goal);
}

/** What it costs to decide every call: two clouds side by side, whose runs alternate. */
async function sayCostOfPermissions(folder: string): Promise<void> {
  const rates = { enforce: [] as number[], off: [] as number[] };
  await withCloud(folder, (enforced) => withCloud(folder, async (unchecked) => {
    for (let run = 1; run <= COMPARED_RUNS; run++) {
      rates.enforce.push((await throughput(enforced, `enforced-${run}`, COMPARED_ORDERS)).rate);
      rates.off.push((await throughput(unchecked, `unchecked-${run}`, COMPARED_ORDERS)).rate);
    }
  }, { permissions: 'off' }));
  const [enforce, off] = [median(rates.enforce), median(rates.off)];
  const what = (mode: string) => `permissions ${mode}, median of ${COMPARED_RUNS} runs of ${COMPARED_ORDERS}`;
  say(what('off'), `${off.toFixed(0)} orders/s`);
  say(what('enforced'), `${enforce.toFixed(0)} orders/s, ${((1 - enforce / off) * 100).toFixed(1)} % fewer`, 'at most 10 % fewer');
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

function synthesized(name: string, ...options: string[]): string {
  const output = join(folder, name);
  execFileSync(process.execPath, [join(here, 'core-app.mts'), output, ...options], { stdio: ['ignore', 'ignore', 'inherit'] });
  return output;
}

try {
  const core = synthesized('core');
  say('machine', `${availableParallelism()} cores, Node ${process.version}, ${process.platform} ${process.arch}`);
  say('ready from an existing cdk.out', `${((await readyTime(core)) / 1000).toFixed(2)} s`, 'at most 3 s');
  await withCloud(core, async (workflow) => {
    await sayThroughput(workflow, 'no feed', 'at least 100 orders/s');
    const burst = performance.now();
    const { result, peak } = await peakMemoryOf(runOrders(workflow, 'burst', AT_ONCE, AT_ONCE));
    say(`${AT_ONCE} orders at once`, `${((performance.now() - burst) / 1000).toFixed(1)} s, ${counted(result)}`, 'every order in a final state');
    say('peak memory of all processes', `${peak} MiB`);
  });
  await sayCostOfPermissions(core);
  await withCloud(synthesized('with-feed', 'feed'), (workflow) => sayThroughput(workflow, 'with its feed'));
} finally {
  rmSync(folder, { recursive: true });
}
