import { parseAddress } from './ip-address';
import { LeafTest, onText } from './leaf-pattern';
import { PatternError } from './pattern-error';

/** Addresses of a block, as `10.0.0.0/8`. */
export function cidr(block: string): LeafTest {
  const [address, mask, ...rest] = block.split('/');
  if (!mask || rest.length > 0) {
    throw new PatternError('Malformed CIDR, one \'/\' required');
  }
  if (!/^[+-]?\d+$/.test(mask)) {
    throw new PatternError('Malformed CIDR, mask bits must be an integer');
  }
  const maskBits = Number(mask);
  if (maskBits < 0) {
    throw new PatternError('Malformed CIDR, mask bits must not be negative');
  }
  const base = parseAddress(address);
  if (typeof base === 'string') {
    throw new PatternError(base);
  }
  if (maskBits >= base.bits) {
    throw new PatternError(`${base.bits === 32 ? 'IPv4' : 'IPv6'} mask bits must be < ${base.bits}`);
  }
  const hosts = 2n ** BigInt(base.bits - maskBits);
  return onText((text) => {
    const found = parseAddress(text);
    return typeof found !== 'string' && found.bits === base.bits && found.value / hosts === base.value / hosts;
  });
}

/** A plain text that is an address means all ways to write it. Undefined if it is none. */
export function sameAddress(wanted: string): LeafTest | undefined {
  const address = parseAddress(wanted);
  if (typeof address === 'string') {
    return undefined;
  }
  return onText((text) => {
    const found = parseAddress(text);
    return typeof found !== 'string' && found.bits === address.bits && found.value === address.value;
  });
}
