import { readFileSync, readdirSync } from 'fs';
import { join } from 'path';
import { full } from './integ/full';
import { bundleSizes, processesStartedBy, resourceCount } from '../bench/footprint';
import { median } from '../bench/median';
import { synth } from '../bench/synth';

const KB = 1024;
const ROOT = join(__dirname, '..');

// The publisher takes 9 of them, recovery 20, and the dashboard, the alarms and the saved queries 19.
test('a workflow with every step deploys at most 91 resources', () => {
  expect(resourceCount(full)).toBeLessThanOrEqual(91);
});

test('a synth starts no other process: nothing is bundled when an app is synthesized', () => {
  expect(processesStartedBy(() => synth(full))).toEqual([]);
});

// All but steps have clients for what they start, wake, read or notify.
const mostKB = (handler: string) => handler.startsWith('steps') ? 390 : 480;
test.each(bundleSizes().map(([handler, bytes]) => [handler, mostKB(handler), bytes] as const))('the handler %s is at most %i KB', (_, most, bytes) => {
  expect(bytes).toBeLessThanOrEqual(most * KB);
});

test('files stay small: none has over 350 lines, and the median of the library and its handlers is under 80', () => {
  const linesIn = (folder: string) => readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/node_modules|\blib\b|\.d\.ts$/.test(file))
    .map((file) => ({ file: join(folder, file), lines: readFileSync(join(ROOT, folder, file), 'utf8').split('\n').length - 1 }));
  const ours = ['src', 'lambda-src'].flatMap(linesIn);
  const all = [...ours, ...['test', 'bench', 'projenrc', 'local/src', 'local/test', 'client/src', 'client/test', 'examples'].flatMap(linesIn)];

  expect(all.filter(({ lines }) => lines > 350)).toEqual([]);
  expect(median(ours.map(({ lines }) => lines))).toBeLessThan(80);
});
