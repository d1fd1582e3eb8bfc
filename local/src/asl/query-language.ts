import { QueryLanguage } from './data-flow';
import { Fields } from './fields';

/** The language that these fields name, if they do. */
export function queryLanguageOf(fields: Fields): QueryLanguage | undefined {
  const language = fields.string('QueryLanguage');
  if (language !== undefined && language !== 'JSONata' && language !== 'JSONPath') {
    throw fields.error('QueryLanguage', `must be JSONata or JSONPath but is '${language}'`);
  }
  return language;
}
