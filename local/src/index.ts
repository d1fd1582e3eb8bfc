export * from './asl';
export type { CancelTimer, Clock } from './clock';
export type { Json, JsonObject } from './json';
export { type Random, seededRandom } from './random';
export { RealClock } from './real-clock';
export { VirtualClock } from './virtual-clock';
