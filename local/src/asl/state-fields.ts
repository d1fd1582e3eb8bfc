import { QueryLanguage } from './data-flow';
import { Fields } from './fields';
import { StateType } from './state-identity';

interface FieldTable {
  readonly both: string;
  readonly JSONPath: string;
  readonly JSONata: string;
}

const ALL_STATES = 'Type Comment QueryLanguage';
const GOES_ON = 'Next End Assign';

/** The fields of the specification, by the state types and query languages that have them. */
const FIELDS: Record<StateType, FieldTable> = {
  Pass: { both: GOES_ON, JSONPath: 'InputPath Parameters Result ResultPath OutputPath', JSONata: 'Output' },
  Task: {
    both: `${GOES_ON} Resource Retry Catch TimeoutSeconds HeartbeatSeconds Credentials`,
    JSONPath: 'InputPath Parameters ResultSelector ResultPath OutputPath TimeoutSecondsPath HeartbeatSecondsPath',
    JSONata: 'Arguments Output',
  },
  Choice: { both: 'Choices Default Assign', JSONPath: 'InputPath OutputPath', JSONata: 'Output' },
  Wait: { both: `${GOES_ON} Seconds Timestamp`, JSONPath: 'InputPath OutputPath SecondsPath TimestampPath', JSONata: 'Output' },
  Succeed: { both: '', JSONPath: 'InputPath OutputPath', JSONata: 'Output' },
  Fail: { both: 'Error Cause', JSONPath: 'ErrorPath CausePath', JSONata: '' },
  Parallel: {
    both: `${GOES_ON} Branches Retry Catch`,
    JSONPath: 'InputPath Parameters ResultSelector ResultPath OutputPath',
    JSONata: 'Arguments Output',
  },
  Map: {
    both:
      `${GOES_ON} ItemProcessor Iterator ItemSelector MaxConcurrency ToleratedFailureCount ToleratedFailurePercentage ` +
      'Label ItemReader ItemBatcher ResultWriter Retry Catch',
    JSONPath:
      'InputPath ItemsPath Parameters ResultSelector ResultPath OutputPath MaxConcurrencyPath ToleratedFailureCountPath ' +
      'ToleratedFailurePercentagePath',
    JSONata: 'Items Output',
  },
};

/** What to write instead of a field of the other query language. */
const INSTEAD: Record<QueryLanguage, Record<string, string>> = {
  JSONata: {
    InputPath: 'use $states.input in the expressions',
    Parameters: 'use Arguments',
    ResultSelector: 'use Output',
    ResultPath: 'use Output',
    OutputPath: 'use Output',
    Result: 'use Output',
    ItemsPath: 'use Items',
  },
  JSONPath: {
    Arguments: 'use Parameters',
    Output: 'use ResultSelector, ResultPath and OutputPath',
    Items: 'use ItemsPath',
  },
};

export function stateTypeOf(fields: Fields): StateType {
  const type = fields.requiredString('Type');
  if (!Object.hasOwn(FIELDS, type)) {
    throw fields.error('Type', `'${type}' is no type of state; use one of ${Object.keys(FIELDS).join(', ')}`);
  }
  return type as StateType;
}

export function checkStateFields(type: StateType, language: QueryLanguage, fields: Fields): void {
  const table = FIELDS[type];
  const other = language === 'JSONata' ? 'JSONPath' : 'JSONata';
  const others = names(table[other]);
  fields.allowOnly([...names(ALL_STATES), ...names(table.both), ...names(table[language])], (name) =>
    others.includes(name) ? wrongLanguage(name, language, other) : undefined,
  );
}

function wrongLanguage(name: string, language: QueryLanguage, other: QueryLanguage): string {
  const remedy = INSTEAD[language][name] ?? (name.endsWith('Path') ? `write an expression as ${name.replace(/Path$/, '')}` : undefined);
  return `is a ${other} field in a ${language} state; ${remedy ?? `set the state's QueryLanguage to ${other}`}`;
}

function names(list: string): string[] {
  return list.split(' ').filter((name) => name !== '');
}
