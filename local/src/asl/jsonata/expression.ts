import jsonata from 'jsonata';
import { calledFunctions, mentionedNames } from './called-functions';
import { AWS_FUNCTION_NAMES, awsFunctions, FUNCTION_NAMES } from './functions';
import { evaluateGuarded, guard } from './guard';
import { NotJson, plainJson, TooManyValues } from './plain-json';
import { Node, readsOfStates } from './syntax-tree';
import { topLevelReferences } from './top-level-references';
import { Json, jsonTypeOf } from '../../json';
import { DefinitionError } from '../definition-error';
import { Evaluation, Expression } from '../evaluation';
import { ErrorName, EvaluationFailure } from '../failures';

/** What `$states` has in some fields only. */
const WHERE_TO_READ = {
  result: 'Output and Assign of Task, Parallel and Map',
  errorOutput: 'Output and Assign of a catcher',
};

export type Readable = keyof typeof WHERE_TO_READ;

const DELIMITED = /^\{%([\s\S]*)%\}$/;

/** Text that begins as an expression must end as one. */
export function refuseUnclosed(value: Json, where: string, field: string): void {
  if (typeof value === 'string' && value.startsWith('{%') && !DELIMITED.test(value)) {
    throw new DefinitionError(where, field, `'${value}' begins with {% but does not end with %}`);
  }
}

export function isJsonataText(value: Json): value is string {
  return typeof value === 'string' && DELIMITED.test(value);
}

/** An expression that Step Functions would take, and those of its own functions that it mentions. */
interface Parsed {
  readonly expression: jsonata.Expression;
  readonly awsNames: readonly string[];
  /** What it reads of `$states` that is not there everywhere. */
  readonly reads: ReadonlyArray<Readable>;
}

/** States say the same again and again, and so do the clouds of one process: parsing is most of what opening one costs. */
const PARSED = new Map<string, Parsed>();

/** Compiles the text between `{%` and `%}`, once. */
export function compileJsonata(text: string, where: string, field: string, readable?: Readable): Expression {
  const source = DELIMITED.exec(text)![1].trim();
  const { expression, awsNames, reads } = PARSED.get(source) ?? parse(source, where, field);
  const missing = reads.find((name) => name !== readable);
  if (missing !== undefined) {
    throw new DefinitionError(where, field, `'${source}' reads $states.${missing}, which is there only in ${WHERE_TO_READ[missing]}`);
  }
  return async (about) => {
    try {
      return plain(await evaluateGuarded(expression, bindings(about, awsNames)), source, field);
    } catch (error) {
      throw error instanceof EvaluationFailure ? error : failure(source, field, `threw an error during evaluation. ${describe(error)}`);
    }
  };
}

/** As compileJsonata, for a field that takes values of these types only; a message names the first. */
export function compileTypedJsonata(text: string, where: string, field: string, types: ReadonlyArray<ReturnType<typeof jsonTypeOf>>): Expression {
  const source = DELIMITED.exec(text)![1].trim();
  const evaluate = compileJsonata(text, where, field);
  return async (about) => {
    const value = await evaluate(about);
    if (!types.includes(jsonTypeOf(value))) {
      const seen = `'${jsonTypeOf(value)}' for value: ${JSON.stringify(value)}`;
      throw failure(source, field, `returned an unexpected result type. Expected '${types[0]}', but was ${seen}`);
    }
    return value;
  };
}

function parse(source: string, where: string, field: string): Parsed {
  let expression: jsonata.Expression;
  try {
    expression = jsonata(source);
  } catch (error) {
    throw new DefinitionError(where, field, `'${source}' is not JSONata: ${(error as Error).message}`);
  }
  const [reference] = topLevelReferences(expression.ast() as Node);
  if (reference !== undefined) {
    throw new DefinitionError(where, field, `'${source}' reads '${reference}' at the top level, where there is nothing; begin with $states or a variable`);
  }
  for (const name of calledFunctions(expression.ast())) {
    if (name === 'eval') {
      throw new DefinitionError(where, field, 'Step Functions has no $eval; use $parse for JSON text');
    }
    if (!FUNCTION_NAMES.has(name)) {
      throw new DefinitionError(where, field, `'${source}' calls $${name}, which is neither a function of JSONata nor one of Step Functions`);
    }
  }
  const awsNames = [...mentionedNames(expression.ast())].filter((name) => AWS_FUNCTION_NAMES.has(name));
  const reads = readsOfStates(expression.ast(), Object.keys(WHERE_TO_READ)) as Readable[];
  guard(expression);
  const parsed = { expression, awsNames, reads };
  PARSED.set(source, parsed);
  return parsed;
}

/** jsonata copies each binding, so only what the expression mentions is bound beside the variables. */
function bindings(about: Evaluation, awsNames: readonly string[]): Record<string, unknown> {
  const bound = Object.create(about.variables) as Record<string, unknown>;
  bound.states = { input: about.input, result: about.result, errorOutput: about.errorOutput, context: about.context };
  if (awsNames.length > 0) {
    const functions = awsFunctions(about.now, about.random);
    awsNames.forEach((name) => (bound[name] = functions[name]));
  }
  return bound;
}

function plain(raw: unknown, source: string, field: string): Json {
  let value: Json | undefined;
  try {
    value = plainJson(raw);
  } catch (error) {
    if (error instanceof NotJson) {
      throw failure(source, field, 'returned an unsupported result type.');
    }
    if (error instanceof TooManyValues) {
      throw new EvaluationFailure(ErrorName.DATA_LIMIT_EXCEEDED, `The JSONata expression '${source}' specified for the field '${field}' returned too many values.`);
    }
    throw error;
  }
  if (value === undefined) {
    throw failure(source, field, 'returned nothing (undefined).');
  }
  return value;
}

function failure(source: string, field: string, problem: string): EvaluationFailure {
  const message = `The JSONata expression '${source}' specified for the field '${field}' ${problem}`;
  return new EvaluationFailure(ErrorName.QUERY_EVALUATION, message, field);
}

/** JSONata throws plain objects with a code and a message. */
function describe(error: unknown): string {
  const { code, message } = error as { code?: string; message?: string };
  return code ? `${code}: ${message}` : String(message ?? error);
}
