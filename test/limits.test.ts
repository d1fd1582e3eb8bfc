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

test.each(bundleSizes())('the handler %s is at most 390 KB', (_handler, bytes) => {
  expect(bytes).toBeLessThanOrEqual(390 * KB);
});
