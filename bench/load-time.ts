import { execFileSync } from 'child_process';
import { join } from 'path';
import { median } from './median';

const PROCESSES = 15;

interface Loaded {
  readonly milliseconds: number;
  /** The files that came along and are not ours. */
  readonly others: string[];
}

/** The median time that new processes take to load the library, in milliseconds. */
export function loadTimes(): { readonly ours: number; readonly withOthers: number } {
  const { others } = loadInNewProcess([]);
  const milliseconds = (before: string[]) => median(Array.from({ length: PROCESSES }, () => loadInNewProcess(before).milliseconds));
  return { ours: milliseconds(others), withOthers: milliseconds([]) };
}

function loadInNewProcess(before: string[]): Loaded {
  const script = `JSON.stringify((${loadOnce})(require, ${JSON.stringify(before)}))`;
  return JSON.parse(execFileSync(process.execPath, ['--print', script], { encoding: 'utf8', cwd: join(__dirname, '..') }));
}

/** Runs as a script of its own: whatever else the process had loaded would be measured too. */
function loadOnce(load: NodeJS.Require, before: string[]): Loaded {
  // A team's app has these before it comes to ours.
  ['aws-cdk-lib', ...before].forEach(load);
  const known = new Set(Object.keys(load.cache));
  const start = performance.now();
  const { OrderProcessingWorkflow } = load('./lib');
  const milliseconds = performance.now() - start;
  if (!OrderProcessingWorkflow) {
    throw new Error('lib has no OrderProcessingWorkflow: compile first');
  }
  return { milliseconds, others: Object.keys(load.cache).filter((file) => !known.has(file) && /node_modules/.test(file)) };
}
