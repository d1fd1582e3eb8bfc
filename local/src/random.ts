import { createHash } from 'node:crypto';

/** A number from 0 up to, not including, 1. */
export type Random = () => number;

const FIRST = { multiplier: 40_014, modulus: 2_147_483_563 };
const SECOND = { multiplier: 40_692, modulus: 2_147_483_399 };
/** Numbers that are thrown away at the beginning, because near seeds give near first numbers. */
const WARM_UP = 20;

/** The same seed gives the same numbers, on every platform (L'Ecuyer's combined generator, exact in doubles). */
export function seededRandom(seed: number): Random {
  const start = Math.abs(Math.floor(seed));
  let first = (start % (FIRST.modulus - 1)) + 1;
  let second = (start % (SECOND.modulus - 1)) + 1;
  const next = () => {
    first = (first * FIRST.multiplier) % FIRST.modulus;
    second = (second * SECOND.multiplier) % SECOND.modulus;
    return ((first - second + FIRST.modulus) % FIRST.modulus) / FIRST.modulus;
  };
  for (let i = 0; i < WARM_UP; i++) {
    next();
  }
  return next;
}

/** A seed for whatever has this name: its numbers do not depend on what others draw meanwhile. */
export function seedFor(seed: number, name: string): number {
  return createHash('sha256').update(`${seed} ${name}`).digest().readUInt32BE(0);
}

export function randomHex(random: Random, digits: number): string {
  let hex = '';
  while (hex.length < digits) {
    hex += Math.floor(random() * 2 ** 32).toString(16).padStart(8, '0');
  }
  return hex.slice(0, digits);
}

/** A version 4 UUID. */
export function randomUuid(random: Random): string {
  const hex = randomHex(random, 32);
  const variant = '89ab'[parseInt(hex[16], 16) % 4];
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
}
