import { readFileSync } from 'node:fs';
import { UsageError } from './usage-error';
import { isJsonObject, Json, JsonObject } from '../json';

/** The object in a JSON file. */
export function readJsonFile(file: string): JsonObject {
  const value = parse(file, read(file));
  if (!isJsonObject(value)) {
    throw new UsageError(`${file} must hold a JSON object`);
  }
  return value;
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(code === 'ENOENT' ? `there is no file ${file}` : `${file} cannot be read: ${code}`);
  }
}

function parse(file: string, text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    throw new UsageError(`${file} is not JSON: ${(error as Error).message}`);
  }
}
