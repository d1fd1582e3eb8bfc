import { compileNumber } from './number-field';
import { compileTransition } from './transition';
import { StateSource } from '../data-flow';
import { Evaluation } from '../evaluation';
import { ErrorName, EvaluationFailure } from '../failures';
import { parseIsoTime } from '../iso-time';
import { compileTypedJsonata, isJsonataText } from '../jsonata/expression';
import { compilePath, runtimeFailure } from '../jsonpath/compile-path';
import { State } from '../state';

/** How long to wait from now. */
type Milliseconds = (about: Evaluation) => number | Promise<number>;

export function compileWait(source: StateSource): State {
  const { name, fields, flow } = source;
  const next = compileTransition(fields);
  const duration = compileDuration(source);
  return {
    name,
    type: 'Wait',
    retries: false,
    async run(visit) {
      const input = flow.input(visit);
      const ms = await duration(visit.about({ document: input }));
      if (ms > 0) {
        await visit.pause(ms);
      }
      const { output, assigned } = await flow.handOn(visit, input);
      return { output: visit.payload(output), assigned, next };
    },
  };
}

function compileDuration(source: StateSource): Milliseconds {
  const { fields } = source;
  const given = ['Seconds', 'SecondsPath', 'Timestamp', 'TimestampPath'].filter((field) => fields.has(field));
  fields.allowOneOf(...given);
  switch (given[0]) {
    case 'Seconds':
    case 'SecondsPath':
      return compileSeconds(source);
    case 'Timestamp':
      return compileTimestamp(source);
    case 'TimestampPath':
      return compileTimestampPath(source);
    default:
      throw fields.error('Seconds', 'is missing; say how long to wait by Seconds, Timestamp or one of their path variants');
  }
}

function compileSeconds(source: StateSource): Milliseconds {
  const path = source.fields.string('SecondsPath');
  const seconds = compileNumber(source, 'Seconds', {
    kind: 'integer',
    check: (value) => {
      if (value >= 0) {
        return undefined;
      }
      return path ? `The SecondsPath parameter references a negative value: ${path} == ${value}` : 'It cannot be negative.';
    },
  })!;
  return async (about) => (await seconds(about)) * 1000;
}

function compileTimestamp({ fields, language }: StateSource): Milliseconds {
  const text = fields.requiredString('Timestamp');
  if (language === 'JSONata' && isJsonataText(text)) {
    const evaluate = compileTypedJsonata(text, fields.where, 'Timestamp', 'string');
    return async (about) => {
      const value = (await evaluate(about)) as string;
      const time = parseIsoTime(value);
      if (time === undefined) {
        const problem = `The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: ${value}`;
        throw new EvaluationFailure(ErrorName.QUERY_EVALUATION, problem, 'Timestamp');
      }
      return time - about.now;
    };
  }
  const time = parseIsoTime(text);
  if (time === undefined) {
    throw fields.error('Timestamp', `'${text}' is no ISO 8601 time with a zone, as 2026-01-31T12:00:00Z`);
  }
  return (about) => time - about.now;
}

function compileTimestampPath({ fields }: StateSource): Milliseconds {
  const path = fields.requiredString('TimestampPath');
  const lookup = compilePath(path, fields.where, 'TimestampPath');
  return (about) => {
    const value = lookup(about);
    const time = typeof value === 'string' ? parseIsoTime(value) : undefined;
    if (time === undefined) {
      const shown = typeof value === 'string' ? value : JSON.stringify(value);
      throw runtimeFailure(
        `The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format string: ${path} == ${shown}`,
      );
    }
    return time - about.now;
  };
}
