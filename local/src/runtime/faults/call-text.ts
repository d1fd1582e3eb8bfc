import { isJsonObject, Json, JsonObject } from '../../json';
import { ServiceCall } from '../../services/service';

/** What an SDK fills in by chance, so that two runs of the same call differ in it. */
const BY_CHANCE = new Set(['ClientRequestToken', 'ClientToken']);

/**
 * The same text for the same call. The database answers with attributes in any order, which handlers and states pass on:
 * so names are sorted, those in JSON that is sent as text too.
 */
export function callText({ caller, service, operation, input }: ServiceCall): string {
  return JSON.stringify(sorted([caller as unknown as JsonObject, service, operation, input]));
}

function sorted(value: Json): Json {
  if (Array.isArray(value)) {
    return value.map(sorted);
  }
  if (isJsonObject(value)) {
    const names = Object.keys(value).filter((name) => !BY_CHANCE.has(name)).sort();
    return Object.fromEntries(names.map((name) => [name, sorted(value[name])]));
  }
  return typeof value === 'string' && /^[[{]/.test(value) ? sortedText(value) : value;
}

function sortedText(text: string): Json {
  try {
    return sorted(JSON.parse(text) as Json);
  } catch {
    return text;
  }
}
