import { setTimeout as wait } from 'node:timers/promises';

/** Random numbers and pauses, passed in so that a test controls both. */
export interface Timing {
  random(): number;
  wait(milliseconds: number): Promise<unknown>;
}

/** Timing with a clock, in milliseconds since 1970. */
export interface ClockTiming extends Timing {
  now(): number;
}

export const realTiming: ClockTiming = { random: Math.random, wait, now: () => Date.now() };
