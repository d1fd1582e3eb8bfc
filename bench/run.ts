import { cpus } from 'os';
import { version } from 'aws-cdk-lib/package.json';
import { bundleSizes, processesStartedBy, resourceCount } from './footprint';
import { loadTimes } from './load-time';
import { emptyStack, synth } from './synth';
import { synthTimes } from './synth-time';
import { full } from '../test/integ/full';
import { minimal } from '../test/integ/minimal';

// Before anything has been staged, as in a new process.
const processes = processesStartedBy(() => synth(full));
const [empty, everyStep] = synthTimes(emptyStack, full);
const { ours, withOthers } = loadTimes();
const ms = (time: number) => `${time.toFixed(1)} ms`;

const rows: [what: string, measured: string, goal: string][] = [
  ['synth of an empty stack', ms(empty), ''],
  ['synth of every step', ms(everyStep), ''],
  ['  what the steps add', ms(everyStep - empty), '<= 300 ms'],
  ['load the library, aws-cdk-lib being there', ms(ours), '<= 30 ms'],
  ['  with what it needs of aws-cdk-lib', ms(withOthers), ''],
  ['processes started by a synth', String(processes.length), '0'],
  ['resources of every step', String(resourceCount(full)), '<= 80'],
  ['resources of the default workflow', String(resourceCount(minimal)), ''],
  ...bundleSizes().map(([handler, bytes]): [string, string, string] => [handler, `${(bytes / 1024).toFixed(0)} KB`, '<= 390 KB']),
];

console.log(`node ${process.version}, aws-cdk-lib ${version}, ${cpus().length} x ${cpus()[0].model}\n`);
for (const [what, measured, goal] of rows) {
  console.log(`${what.padEnd(44)}${measured.padStart(10)}   ${goal}`.trimEnd());
}
