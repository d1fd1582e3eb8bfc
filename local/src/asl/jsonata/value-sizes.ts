import { tooMuch } from './evaluation-limit';

/** Values of a larger tree could only be thrown away: as text they are far beyond what a state hands on. */
const LARGEST = 2_000_000;

/**
 * How many values a value has in it. What is used twice counts twice: a list that holds a list twice, and so on,
 * takes little memory, but whatever goes through it does not come to an end.
 */
export class ValueSizes {
  private readonly sizes = new WeakMap<object, number>();

  /** The size of a value that was measured before; else only its own length. */
  public known(value: object): number {
    return this.sizes.get(value) ?? (Array.isArray(value) ? value.length : 1);
  }

  public measure(value: unknown): number {
    if (typeof value !== 'object' || value === null) {
      return 1;
    }
    let size = this.sizes.get(value);
    if (size === undefined) {
      size = 1;
      for (const part of partsOf(value)) {
        size += this.measure(part);
      }
      if (size > LARGEST) {
        throw tooMuch();
      }
      this.sizes.set(value, size);
    }
    return size;
  }
}

function partsOf(value: object): unknown[] {
  if (Array.isArray(value)) {
    return value;
  }
  return isFunction(value) ? [] : Object.values(value);
}

function isFunction(value: object): boolean {
  return '_jsonata_lambda' in value || '_jsonata_function' in value;
}
