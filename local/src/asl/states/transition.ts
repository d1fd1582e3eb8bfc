import { Fields } from '../fields';

/** The next state's name; undefined if this one ends the workflow. Exactly one of the two must be said. */
export function compileTransition(fields: Fields): string | undefined {
  fields.allowOneOf('Next', 'End');
  if (fields.has('Next')) {
    return fields.requiredString('Next');
  }
  if (fields.boolean('End') !== true) {
    throw fields.error('Next', 'is missing; name the next state, or say "End": true');
  }
  return undefined;
}
