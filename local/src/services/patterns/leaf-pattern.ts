import { Leaf } from './event-fields';

/** One entry of a pattern's list: a test of a leaf, or that there is none. */
export type LeafPattern = LeafTest | typeof ABSENT;
export type LeafTest = (value: Leaf) => boolean;

/** `{"exists": false}` */
export const ABSENT = 'absent';

/** A test of text: no other value passes. */
export function onText(passes: (text: string) => boolean): LeafTest {
  return (value) => typeof value === 'string' && passes(value);
}
