import { isIPv6 } from 'node:net';

export interface IpAddress {
  readonly bits: 32 | 128;
  readonly value: bigint;
}

const V4 = /^\d+\.\d+\.\d+\.\d+$/;
const V6 = /^[0-9a-fA-F:]*:[0-9a-fA-F:]*$/;
const IPV4_ADDRESSES = 2n ** 32n;
/** What an IPv4 address that is written as an IPv6 address begins with. */
const MAPPED = 0xffffn;

/** An address of version 4 or 6, or why it is none. */
export function parseAddress(text: string): IpAddress | string {
  if (V4.test(text)) {
    const bytes = text.split('.').map(Number);
    return bytes.every((byte) => byte < 256) ? { bits: 32, value: joined(bytes, 256n) } : `Invalid IP address: ${text}`;
  }
  if (!V6.test(text)) {
    return `Nonstandard IP address: ${text}`;
  }
  if (!isIPv6(text)) {
    return `Invalid IP address: ${text}`;
  }
  const value = joined(groups(text), 65536n);
  return value / IPV4_ADDRESSES === MAPPED ? { bits: 32, value: value % IPV4_ADDRESSES } : { bits: 128, value };
}

function groups(text: string): number[] {
  const [head, tail] = text.split('::').map((side) => side.split(':').filter((group) => group !== '').map((group) => parseInt(group, 16)));
  return tail === undefined ? head : [...head, ...new Array<number>(8 - head.length - tail.length).fill(0), ...tail];
}

function joined(parts: readonly number[], base: bigint): bigint {
  return parts.reduce((value, part) => value * base + BigInt(part), 0n);
}
