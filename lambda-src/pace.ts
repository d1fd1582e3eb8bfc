import { setTimeout as wait } from 'node:timers/promises';

/** Chance and pauses, given from outside so that a test can be exact about both. */
export interface Pace {
  random(): number;
  wait(milliseconds: number): Promise<unknown>;
}

/** With the time of day in milliseconds. */
export interface TimedPace extends Pace {
  now(): number;
}

export const realPace: TimedPace = { random: Math.random, wait, now: () => Date.now() };
