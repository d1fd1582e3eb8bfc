import { DefinitionError } from './definition-error';
import { Fields } from './fields';
import { queryLanguageOf } from './query-language';
import { Workflow } from './state';
import { compileWorkflowOf } from './workflow';
import { isJsonObject, Json, JsonObject } from '../json';

/** A compiled definition: immutable, and shared by all its executions. */
export interface Machine {
  readonly workflow: Workflow;
  readonly timeoutSeconds?: number;
}

/** Compiles a definition, given as text or as its object. Throws a DefinitionError that states what to correct. */
export function compileMachine(definition: string | JsonObject, type: 'STANDARD' | 'EXPRESS' = 'STANDARD'): Machine {
  try {
    return compile(definition, type === 'EXPRESS');
  } catch (error) {
    throw error instanceof RangeError ? new DefinitionError('the state machine', undefined, 'is nested too deep') : error;
  }
}

function compile(definition: string | JsonObject, express: boolean): Machine {
  const fields = new Fields('the state machine', typeof definition === 'string' ? parseText(definition) : definition);
  fields.allowOnly(['Comment', 'QueryLanguage', 'Version', 'TimeoutSeconds', 'StartAt', 'States']);
  const version = fields.string('Version') ?? '1.0';
  if (version !== '1.0') {
    throw fields.error('Version', `must be '1.0' but is '${version}'`);
  }
  const timeoutSeconds = fields.number('TimeoutSeconds');
  if (timeoutSeconds !== undefined && !(Number.isInteger(timeoutSeconds) && timeoutSeconds > 0)) {
    throw fields.error('TimeoutSeconds', `must be a positive whole number but is ${timeoutSeconds}`);
  }
  return { workflow: compileWorkflowOf(fields, queryLanguageOf(fields) ?? 'JSONPath', express), timeoutSeconds };
}

function parseText(text: string): JsonObject {
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch (error) {
    throw new DefinitionError('the state machine', undefined, `is not JSON: ${(error as Error).message}`);
  }
  if (!isJsonObject(value)) {
    throw new DefinitionError('the state machine', undefined, 'must be a JSON object');
  }
  return value;
}
