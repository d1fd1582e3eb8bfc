import { DEAD_LETTERS } from './dead-letters';
import { FEED } from './feed';
import { FUNCTIONS } from './functions';
import { ORDERS } from './orders';
import { RECOVERY } from './recovery';
import { Scene } from './scene';

export const SCENES: readonly Scene[] = [...ORDERS, ...RECOVERY, ...FEED, ...FUNCTIONS, ...DEAD_LETTERS];
