import { full } from './integ/full';
import { bundleSizes, processesStartedBy, resourceCount } from '../bench/footprint';
import { synth } from '../bench/synth';

const KB = 1024;

test('a workflow with every step deploys at most 60 resources', () => {
  expect(resourceCount(full)).toBeLessThanOrEqual(60);
});

test('a synth starts no other process: nothing is bundled at a team\'s desk', () => {
  expect(processesStartedBy(() => synth(full))).toEqual([]);
});

// An intake brings the lock along, and the clients for all that it starts, wakes and reads.
const mostKB = (handler: string) => handler.startsWith('intake') ? 480 : 390;
test.each(bundleSizes().map(([handler, bytes]) => [handler, mostKB(handler), bytes] as const))('the handler %s is at most %i KB', (_, most, bytes) => {
  expect(bytes).toBeLessThanOrEqual(most * KB);
});
