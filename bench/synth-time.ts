import { performance } from 'perf_hooks';
import { median } from './median';
import { Example, synth } from './synth';

const WARM_UPS = 5;
const ROUNDS = 25;

/** The median time that a warm process takes for each of the examples, in milliseconds; in turns, as a machine has moods. */
export function synthTimes(...examples: Example[]): number[] {
  const times = examples.map((): number[] => []);
  for (let round = -WARM_UPS; round < ROUNDS; round++) {
    examples.forEach((example, index) => {
      const start = performance.now();
      synth(example);
      if (round >= 0) {
        times[index].push(performance.now() - start);
      }
    });
  }
  return times.map(median);
}
