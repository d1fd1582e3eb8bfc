import { compileNumber, NumberExpression } from './number-field';
import { compileTransition } from './transition';
import { StateSource } from '../data-flow';
import { Evaluation } from '../evaluation';
import { ErrorName, EvaluationFailure } from '../failures';
import { parseIsoTime } from '../iso-time';
import { compileTypedJsonata, isJsonataText } from '../jsonata/expression';
import { lookupOf, parsePathField, runtimeFailure } from '../jsonpath/compile-path';
import { State } from '../state';

/** Step Functions waits no longer, whether for a time or for seconds: 2^31 seconds are 68 years. */
const LONGEST_MS = (2 ** 31 - 1) * 1000;

/** The longest wait that can be given in seconds. */
const MOST_SECONDS = 99_999_999;

const TOO_LONG = 'Wait state delay is too long.';

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
      if (ms > LONGEST_MS) {
        throw runtimeFailure(TOO_LONG);
      }
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
  const seconds = source.fields.has('SecondsPath') ? secondsAt(source) : givenSeconds(source);
  return async (about) => {
    const value = await seconds(about);
    if (value > MOST_SECONDS) {
      throw runtimeFailure(TOO_LONG);
    }
    return value * 1000;
  };
}

function givenSeconds(source: StateSource): NumberExpression {
  const given = source.fields.json('Seconds');
  if (typeof given === 'number' && given > MOST_SECONDS) {
    throw source.fields.error('Seconds', `must be at most ${MOST_SECONDS} but is ${given}`);
  }
  return compileNumber(source, 'Seconds', { kind: 'integer', check: (value) => (value < 0 ? 'It cannot be negative.' : undefined) })!;
}

/** A path may lead to a number written as text. The words are those of AWS. */
function secondsAt({ fields }: StateSource): NumberExpression {
  const path = fields.requiredString('SecondsPath');
  const lookup = lookupOf(parsePathField(path, fields.where, 'SecondsPath'));
  return (about) => {
    const found = lookup(about);
    if (found === undefined) {
      throw runtimeFailure(`The SecondsPath parameter does not reference an input value: ${path}`);
    }
    const shown = typeof found === 'string' ? found : JSON.stringify(found);
    if (!/^-?\d+$/.test(shown)) {
      throw runtimeFailure(`The SecondsPath parameter cannot be parsed as a long value: ${path} == ${shown}`);
    }
    if (Number(shown) < 0) {
      throw runtimeFailure(`The SecondsPath parameter references a negative value: ${path} == ${shown}`);
    }
    return Number(shown);
  };
}

function compileTimestamp({ fields, language }: StateSource): Milliseconds {
  const text = fields.requiredString('Timestamp');
  if (language === 'JSONata' && isJsonataText(text)) {
    const evaluate = compileTypedJsonata(text, fields.where, 'Timestamp', ['string']);
    return async (about) => {
      const value = (await evaluate(about)) as string;
      const time = parseIsoTime(value);
      if (time === undefined) {
        const problem = `The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: ${value}`;
        throw new EvaluationFailure(ErrorName.QUERY_EVALUATION, problem, 'Timestamp', true);
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
  const lookup = lookupOf(parsePathField(path, fields.where, 'TimestampPath'));
  return (about) => {
    const value = lookup(about);
    if (value === undefined) {
      throw runtimeFailure(`The TimestampPath parameter does not reference an input value: ${path}`);
    }
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
