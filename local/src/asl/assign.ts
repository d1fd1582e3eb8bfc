import { Fields } from './fields';

const VARIABLE_NAME = /^[\p{ID_Start}_][\p{ID_Continue}]{0,79}$/u;

/** The variables that an Assign field sets, after a check that they may be called so. */
export function assignedNames(fields: Fields): string[] {
  const assign = fields.object('Assign') ?? {};
  return Object.keys(assign).map((key) => {
    const name = key.replace(/\.\$$/, '');
    if (name === 'states') {
      throw fields.error('Assign', "'states' is reserved; use another name for the variable");
    }
    if (!VARIABLE_NAME.test(name)) {
      throw fields.error('Assign', `'${name}' is no name for a variable: at most 80 letters, digits and _, not beginning with a digit`);
    }
    return name;
  });
}
