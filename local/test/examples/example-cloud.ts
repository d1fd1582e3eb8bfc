import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synth } from '../../../examples/synth';
import { LocalCloud, LocalWorkflow } from '../../src';
import { OrderToRun, readOrdersFile } from '../../src/cli/orders-file';
import { readSeedFile } from '../../src/cli/seed-file';
import { LocalCloudOptions } from '../../src/local-cloud';

const EXAMPLES = join(__dirname, '..', '..', '..', 'examples');
const assemblies = new Map<string, string>();

/** An example that runs, with the rows of its `seed.json` in its tables. */
export interface OpenExample {
  readonly cloud: LocalCloud;
  /** The workflow that gets its first order. */
  readonly workflow: LocalWorkflow;
}

/** Runs an example in a cloud of its own: in virtual time by default. */
export async function openExample(example: string, options: LocalCloudOptions = {}): Promise<OpenExample> {
  const cloud = await LocalCloud.fromAssembly(assemblyOf(example), options);
  const names = new Set(ordersOf(example).map(({ workflow }) => workflow));
  const workflows = await Promise.all([...names].map((name) => cloud.workflow(name)));
  const rows = readSeedFile(join(EXAMPLES, example, 'seed.json'));
  await Promise.all(workflows.map((workflow) => workflow.seed(rows)));
  return { cloud, workflow: workflows[0] };
}

/** The orders of an example's `orders.json`, with the statuses in which they should end. */
export function ordersOf(example: string): OrderToRun[] {
  return readOrdersFile(join(EXAMPLES, example, 'orders.json'));
}

function assemblyOf(example: string): string {
  const assembly = assemblies.get(example) ?? mkdtempSync(join(tmpdir(), 'cdk-order-workflow-'));
  if (!assemblies.has(example)) {
    synth(example, assembly);
    assemblies.set(example, assembly);
  }
  return assembly;
}
