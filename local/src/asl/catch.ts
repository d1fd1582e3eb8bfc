import { QueryLanguage } from './data-flow';
import { ErrorName, StateFailure } from './failures';
import { Fields } from './fields';
import { JsonataFlow } from './jsonata/flow';
import { JsonPathFlow } from './jsonpath/flow';
import { Step } from './state';
import { Visit } from './visit';
import { JsonObject } from '../json';

export interface Catcher {
  readonly errorEquals: readonly string[];
  step(visit: Visit, failure: StateFailure): Promise<Step>;
}

export function compileCatcher(language: QueryLanguage, rule: Fields): Catcher {
  return {
    errorEquals: rule.strings('ErrorEquals'),
    step: language === 'JSONata' ? compileJsonataCatch(rule) : compilePathCatch(rule),
  };
}

function compileJsonataCatch(rule: Fields): Catcher['step'] {
  rule.allowOnly(['ErrorEquals', 'Next', 'Output', 'Assign', 'Comment'], (name) =>
    name === 'ResultPath' ? 'is a JSONPath field in a JSONata state; write what the next state gets as Output' : undefined,
  );
  const next = rule.requiredString('Next');
  const flow = new JsonataFlow(rule);
  return async (visit, failure) => {
    const errorOutput = describe(failure);
    const { output, assigned } = await flow.outcome(visit, { errorOutput }, errorOutput);
    return { output: visit.payload(output), assigned, next };
  };
}

function compilePathCatch(rule: Fields): Catcher['step'] {
  rule.allowOnly(['ErrorEquals', 'Next', 'ResultPath', 'Assign', 'Comment'], (name) =>
    name === 'Output' ? "is a JSONata field in a JSONPath state; use ResultPath, or set the state's QueryLanguage to JSONata" : undefined,
  );
  const next = rule.requiredString('Next');
  const flow = new JsonPathFlow(rule);
  return async (visit, failure) => {
    const { output, assigned } = flow.complete(visit, visit.input.value, describe(failure));
    return { output: visit.payload(output), assigned, next };
  };
}

/** Both members are always there; of a failure without a name or a cause they are null, as on AWS. A time-out has an empty cause. */
function describe({ error, cause }: StateFailure): JsonObject {
  return { Error: error ?? null, Cause: cause ?? (error === ErrorName.TIMEOUT ? '' : null) };
}
