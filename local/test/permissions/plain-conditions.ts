import { glob, likeArn } from './plain-patterns';

/** One line of a Condition, for the value or the values that a call has. */
export function conditionHolds(written: string, wanted: readonly string[], seen: string | readonly string[] | undefined): boolean {
  const [set, name] = written.includes(':') ? written.split(':') : [undefined, written];
  const ifExists = name.endsWith('IfExists');
  const operator = ifExists ? name.slice(0, -8) : name;
  const values = seen === undefined ? [] : typeof seen === 'string' ? [seen] : seen;
  const hasValue = values.some((value) => value !== '');
  if (operator === 'Null') {
    return wanted.includes(hasValue ? 'false' : 'true');
  }
  const negated = operator.includes('Not');
  if (seen === undefined) {
    return ifExists || set === 'ForAllValues' || (set === undefined && negated);
  }
  const ok = (value: string) => wanted.some((one) => matches(operator.replace('Not', ''), one, value)) !== negated;
  switch (set) {
    case 'ForAllValues': return !hasValue || values.every(ok);
    case 'ForAnyValue': return hasValue && values.some(ok);
    default: return values.length === 1 && ok(values[0]);
  }
}

function matches(operator: string, wanted: string, seen: string): boolean {
  switch (operator) {
    case 'StringEquals': return wanted === seen;
    case 'StringEqualsIgnoreCase': return wanted.toLowerCase() === seen.toLowerCase();
    case 'StringLike': return glob(wanted, seen);
    case 'ArnLike': return likeArn(wanted, seen);
    case 'ArnEquals': return likeArn(wanted, seen);
    case 'NumericEquals': return numberOf(seen) === numberOf(wanted);
    case 'NumericLessThan': return numberOf(seen) < numberOf(wanted);
    case 'NumericLessThanEquals': return numberOf(seen) <= numberOf(wanted);
    case 'NumericGreaterThan': return numberOf(seen) > numberOf(wanted);
    case 'NumericGreaterThanEquals': return numberOf(seen) >= numberOf(wanted);
    case 'DateLessThan': return Date.parse(seen) < Date.parse(wanted);
    case 'DateEquals': return Date.parse(seen) === Date.parse(wanted);
    case 'IpAddress': return inRange(wanted, seen);
    case 'Bool': return wanted === seen;
    default: throw new Error(operator);
  }
}

function numberOf(text: string): number {
  return text === '' ? NaN : Number(text);
}

/** IPv4 only, by the bits of both. */
function inRange(range: string, address: string): boolean {
  const [network, bits = '32'] = range.split('/');
  const binary = (ip: string) => ip.split('.').map((part) => Number(part).toString(2).padStart(8, '0')).join('');
  return /^\d+(\.\d+){3}$/.test(address) && binary(network).slice(0, Number(bits)) === binary(address).slice(0, Number(bits));
}
