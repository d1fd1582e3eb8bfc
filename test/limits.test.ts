import { full } from './integ/full';
import { bundleSizes, processesStartedBy, resourceCount } from '../bench/footprint';
import { synth } from '../bench/synth';

const KB = 1024;

// Recovery takes 20 of them, and the dashboard, the alarms and the saved queries 17.
test('a workflow with every step deploys at most 80 resources', () => {
  expect(resourceCount(full)).toBeLessThanOrEqual(80);
});

test('a synth starts no other process: nothing is bundled when an app is synthesized', () => {
  expect(processesStartedBy(() => synth(full))).toEqual([]);
});

// All but steps have clients for what they start, wake, read or notify.
const mostKB = (handler: string) => handler.startsWith('steps') ? 390 : 480;
test.each(bundleSizes().map(([handler, bytes]) => [handler, mostKB(handler), bytes] as const))('the handler %s is at most %i KB', (_, most, bytes) => {
  expect(bytes).toBeLessThanOrEqual(most * KB);
});
