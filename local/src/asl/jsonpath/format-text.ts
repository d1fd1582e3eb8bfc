import { isJsonObject, Json } from '../../json';

/** Fills each `{}` with the next value; a backslash makes the character behind it an ordinary one. */
export function formatText(template: string, values: readonly Json[]): string {
  let used = 0;
  const filled = template.replace(/\\([\s\S])|\{\}/g, (match, escaped: string | undefined) => {
    if (escaped !== undefined) {
      return '{}\\\''.includes(escaped) ? escaped : match;
    }
    if (used >= values.length) {
      throw new Error(`there are more {} in '${template}' than the ${values.length} values for them`);
    }
    return shown(values[used++]);
  });
  if (used < values.length) {
    throw new Error(`there are ${values.length} values for the ${used} {} in '${template}'`);
  }
  return filled;
}

/** Step Functions shows lists and objects in the way of its own implementation language, not as JSON. */
function shown(value: Json): string {
  if (Array.isArray(value)) {
    return `[${value.map(shown).join(', ')}]`;
  }
  if (isJsonObject(value)) {
    return `{${Object.entries(value).map(([name, member]) => `${name}=${shown(member)}`).join(', ')}}`;
  }
  return String(value);
}
