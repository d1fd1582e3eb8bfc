import { assignedNames } from './assign';
import { DataFlow, QueryLanguage } from './data-flow';
import { refuseInExpress } from './express';
import { Fields } from './fields';
import { isJsonObject } from '../json';
import { JsonataFlow } from './jsonata/flow';
import { JsonPathFlow } from './jsonpath/flow';
import { queryLanguageOf } from './query-language';
import { State, Workflow } from './state';
import { checkStateFields, stateTypeOf } from './state-fields';
import { checkNames } from './state-names';
import { compileChoice } from './states/choice';
import { compileFail } from './states/fail';
import { compileMap } from './states/map';
import { compileParallel } from './states/parallel';
import { compilePass } from './states/pass';
import { compileSucceed } from './states/succeed';
import { compileTask } from './states/task';
import { compileWait } from './states/wait';
import { checkReachable, checkTransitions } from './transitions';

const COMPILERS = {
  Pass: compilePass,
  Task: compileTask,
  Choice: compileChoice,
  Wait: compileWait,
  Succeed: compileSucceed,
  Fail: compileFail,
  Parallel: compileParallel,
  Map: compileMap,
};

/** What the states of a workflow inherit from the workflow around it. */
interface Inherited {
  readonly language: QueryLanguage;
  /** The variables that outer workflows assign: inner ones may read but not assign them. */
  readonly outerVariables: ReadonlySet<string>;
  /** The names of all states so far: each may be there once in the whole machine. */
  readonly names: Set<string>;
  readonly express: boolean;
}

export function compileWorkflowOf(fields: Fields, language: QueryLanguage, express: boolean): Workflow {
  return compileStates(fields, { language, express, outerVariables: new Set(), names: new Set() });
}

function compileStates(fields: Fields, inherited: Inherited): Workflow {
  const sources = stateFieldsOf(fields);
  checkNames(sources, inherited.names);
  const own = new Set([...sources.values()].flatMap(variablesOf));
  const inner = { ...inherited, outerVariables: new Set([...inherited.outerVariables, ...own]) };
  const states = new Map<string, State>();
  for (const [name, source] of sources) {
    refuseOuterVariables(source, inherited.outerVariables);
    states.set(name, compileState(name, source, inner));
  }
  const startAt = fields.requiredString('StartAt');
  if (!sources.has(startAt)) {
    throw fields.error('StartAt', `there is no state '${startAt}' in States`);
  }
  checkTransitions(sources);
  checkReachable(sources, startAt);
  return { startAt, states };
}

function stateFieldsOf(fields: Fields): Map<string, Fields> {
  const states = Object.entries(fields.requiredObject('States'));
  if (states.length === 0) {
    throw fields.error('States', 'must have at least one state');
  }
  return new Map(
    states.map(([name, state]) => {
      if (!isJsonObject(state)) {
        throw fields.error(`States/${name}`, `must be an object but is ${JSON.stringify(state)}`);
      }
      return [name, new Fields(`state '${name}'`, state)];
    }),
  );
}

function compileState(name: string, fields: Fields, inherited: Inherited): State {
  const type = stateTypeOf(fields);
  const language = queryLanguageOf(fields) ?? inherited.language;
  if (inherited.language === 'JSONata' && language === 'JSONPath') {
    throw fields.error('QueryLanguage', 'a JSONata state machine cannot have JSONPath states; the reverse is allowed');
  }
  checkStateFields(type, language, fields);
  if (inherited.express) {
    refuseInExpress(fields);
  }
  const flow: DataFlow = language === 'JSONata' ? new JsonataFlow(fields) : new JsonPathFlow(fields);
  return COMPILERS[type]({ name, fields, language, flow }, (inner, others = []) => {
    inner.allowOnly(['Comment', 'StartAt', 'States', ...others]);
    return compileStates(inner, inherited);
  });
}

/** The names assigned by a state itself, by its catchers and by its choice rules. */
function variablesOf(state: Fields): string[] {
  const rules = ['Catch', 'Choices'].flatMap((field) => (Array.isArray(state.json(field)) ? state.items(field) : []));
  return [state, ...rules].flatMap(assignedNames);
}

function refuseOuterVariables(state: Fields, outer: ReadonlySet<string>): void {
  const clash = variablesOf(state).find((name) => outer.has(name));
  if (clash !== undefined) {
    throw state.error('Assign', `'${clash}' is a variable of an outer workflow, which can be read here but not assigned; use another name`);
  }
}
