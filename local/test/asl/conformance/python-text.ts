import { Json } from '../../../src';
import { isJsonObject } from '../../../src/json';

/** JSON as Python writes it: with a space behind each comma and colon. */
export function pythonJson(value: Json): string {
  if (Array.isArray(value)) {
    return `[${value.map(pythonJson).join(', ')}]`;
  }
  if (isJsonObject(value)) {
    return `{${Object.entries(value).map(([name, member]) => `${JSON.stringify(name)}: ${pythonJson(member)}`).join(', ')}}`;
  }
  return JSON.stringify(value);
}

/** A value as Python prints it. */
export function pythonText(value: Json): string {
  if (Array.isArray(value)) {
    return `[${value.map(pythonText).join(', ')}]`;
  }
  if (isJsonObject(value)) {
    return `{${Object.entries(value).map(([name, member]) => `'${name}': ${pythonText(member)}`).join(', ')}}`;
  }
  if (typeof value === 'string') {
    return `'${value}'`;
  }
  return value === null ? 'None' : value === true ? 'True' : value === false ? 'False' : String(value);
}
