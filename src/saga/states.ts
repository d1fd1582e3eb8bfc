import { aws_stepfunctions as sfn } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { jsonata } from '../jsonata/expressions';
import { setSaga } from '../jsonata/saga-variable';
import { ValidationError } from '../private/validation-error';

/** A state that can have retriers, catchers and a next state. @internal */
export type CatchableState = sfn.TaskStateBase | sfn.Parallel;

/** @internal */
export interface CatchOptions {
  /** What the catcher sets `$saga` to: JSONata. */
  readonly saga?: string;
  /** The input of the state that the catcher leads to: JSONata. */
  readonly outputs: string;
}

/**
 * Catches every error of a state.
 *
 * According to the documentation `States.ALL` leaves out `States.DataLimitExceeded`, so both are named, each in a
 * catcher of its own because `States.ALL` must be the only error of its catcher.
 *
 * @internal
 */
export function catchAny(state: CatchableState, handler: sfn.IChainable, options: CatchOptions): void {
  for (const error of ['States.DataLimitExceeded', sfn.Errors.ALL]) {
    state.addCatch(handler, catchProps([error], options));
  }
}

/** Catches a failed condition: the row did not allow the write. @internal */
export function catchFailedCondition(state: CatchableState, handler: sfn.IChainable, options: CatchOptions): void {
  state.addCatch(handler, catchProps(['DynamoDB.ConditionalCheckFailedException', 'DynamoDb.ConditionalCheckFailedException'], options));
}

/** @internal */
export function catchProps(errors: string[], { saga, outputs }: CatchOptions): sfn.CatchProps {
  return { errors, outputs: jsonata(outputs), ...(saga ? { assign: setSaga(saga) } : {}) };
}

/**
 * The states of a step as one state that can be caught.
 *
 * A single JSONata task stays as it is. Anything else gets a Parallel around it: a chain has no catcher of its
 * own, and a Succeed inside it must not end the order.
 *
 * @internal
 */
export function asOneState(scope: Construct, stateName: string, states: sfn.IChainable, outputs = '$states.result[0]'): CatchableState {
  if (isJsonataTask(states)) {
    return states.startState as CatchableState;
  }
  if (sfn.State.findReachableStates(states.startState).some(({ stateId }) => stateId === stateName)) {
    throw new ValidationError(`one of the states of ${stateName} has the name of the step, which is the name of the Parallel around them: rename it`, scope);
  }
  return sfn.Parallel.jsonata(scope, 'Branch', { stateName, outputs: jsonata(outputs) }).branch(states);
}

/** @internal */
export function isJsonataTask(states: sfn.IChainable): boolean {
  const [end, ...others] = states.endStates as unknown[];
  return others.length === 0 && end === states.startState && 'addCatch' in states.startState
    && json(states.startState).Type === 'Task' && json(states.startState).QueryLanguage === sfn.QueryLanguage.JSONATA;
}

/** A condition of a Choice, in JSONata. @internal */
export function holds(condition: string): sfn.Condition {
  return sfn.Condition.jsonata(jsonata(condition));
}

/** Whether the output of a task is its input, as that of a closing step must be when no Parallel is around it. @internal */
export function passesInputOn(states: sfn.IChainable): boolean {
  return isJsonataTask(states) && json(states.startState).Output === jsonata('$states.input');
}

function json(state: sfn.State): { Type?: string; QueryLanguage?: string; Resource?: string; Output?: unknown } {
  return state.toStateJson();
}
