/** An environment variable that the construct sets. */
export function setting(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`the environment variable ${name} is not set: the construct of this function sets it`);
  return value;
}

/** A share from 0 to 1, such as the share of charges that are approved. */
export function share(name: string, ifUnset: number): number {
  const text = process.env[name];
  if (!text) return ifUnset;
  const value = Number(text);
  if (!(value >= 0 && value <= 1)) throw new Error(`the environment variable ${name} is '${text}': give a number from 0 to 1`);
  return value;
}

/** A whole number of 1 or more, such as how many orders a connection may watch. */
export function count(name: string): number {
  const value = Number(setting(name));
  if (!Number.isSafeInteger(value) || value < 1) throw new Error(`the environment variable ${name} is '${setting(name)}': give a whole number of 1 or more`);
  return value;
}
