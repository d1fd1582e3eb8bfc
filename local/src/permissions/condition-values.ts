import { BlockList, isIP } from 'node:net';

/** A kind of value that an operator compares. */
export interface ValueKind {
  /** As messages name it: `a number`. */
  readonly name: string;
  /** A variable may stand for it: the others know none. */
  readonly hasVariables: boolean;
  isOne(text: string): boolean;
}

export const BOOLEAN: ValueKind = { name: 'true or false', hasVariables: true, isOne: (text) => /^(true|false)$/i.test(text) };
export const BINARY: ValueKind = { name: 'base64', hasVariables: false, isOne: (text) => /^[A-Za-z0-9+/]*={0,2}$/.test(text) };
export const NUMBER: ValueKind = { name: 'a number', hasVariables: false, isOne: (text) => !Number.isNaN(readNumber(text)) };
export const DATE: ValueKind = { name: 'a date of ISO 8601 or seconds since 1970', hasVariables: false, isOne: (text) => !Number.isNaN(readDate(text)) };
export const IP_RANGE: ValueKind = { name: 'an IP address or a range of them', hasVariables: false, isOne: (text) => readRange(text) !== undefined };

/** NaN for what is no number. */
export function readNumber(text: string): number {
  return /^[+-]?\d+(\.\d+)?$/.test(text) ? Number(text) : NaN;
}

/** One of the forms of https://www.w3.org/TR/NOTE-datetime, or seconds since 1970; NaN for what is neither. */
export function readDate(text: string): number {
  if (/^\d+(\.\d+)?$/.test(text)) {
    return Number(text) * 1000;
  }
  return /^\d{4}-\d{2}(-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?)?$/.test(text) ? Date.parse(text) : NaN;
}

export function isInRange(range: string, address: string): boolean {
  const { network, bits, family } = readRange(range)!;
  if (isIP(address) !== family) {
    return false;
  }
  const type = family === 4 ? 'ipv4' : 'ipv6';
  const block = new BlockList();
  block.addSubnet(network, bits, type);
  return block.check(address, type);
}

/** An address without a prefix is a range of one. */
function readRange(text: string): { network: string; bits: number; family: number } | undefined {
  const [, network, written] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const family = isIP(network ?? '');
  const longest = family === 4 ? 32 : 128;
  const bits = written === undefined ? longest : Number(written);
  return family === 0 || bits > longest ? undefined : { network, bits, family };
}
