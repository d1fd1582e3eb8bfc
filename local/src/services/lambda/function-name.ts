const NAME_SEGMENT = 6;

/** The name of the function that a name or an ARN refers to, whatever version or alias it adds. */
export function nameOfFunction(reference: string): string {
  const segments = reference.split(':');
  return reference.startsWith('arn:') ? segments[NAME_SEGMENT] : segments[0];
}
