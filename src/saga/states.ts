import { aws_stepfunctions as sfn } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { jsonata } from '../jsonata/expressions';
import { ValidationError } from '../private/validation-error';

/** A state that can be retried, caught and followed by another. @internal */
export type CatchableState = sfn.TaskStateBase | sfn.Parallel;

/** @internal */
export interface CatchOptions {
  /** What becomes of the `saga` variable: JSONata. */
  readonly saga?: string;
  /** The input of the state that handles the error: JSONata. */
  readonly outputs: string;
}

/**
 * Catches whatever a state can end with.
 *
 * The documentation says that `States.ALL` leaves out `States.DataLimitExceeded`, so both are named, each in a
 * catcher of its own because `States.ALL` must stand alone.
 *
 * @internal
 */
export function catchAny(state: CatchableState, handler: sfn.IChainable, options: CatchOptions): void {
  for (const error of ['States.DataLimitExceeded', sfn.Errors.ALL]) {
    state.addCatch(handler, catchProps([error], options));
  }
}

/** Catches a conditional write that the row did not allow. @internal */
export function catchRefusal(state: CatchableState, handler: sfn.IChainable, options: CatchOptions): void {
  state.addCatch(handler, catchProps(['DynamoDB.ConditionalCheckFailedException', 'DynamoDb.ConditionalCheckFailedException'], options));
}

/** @internal */
export function catchProps(errors: string[], { saga, outputs }: CatchOptions): sfn.CatchProps {
  return { errors, outputs: jsonata(outputs), ...(saga ? { assign: { saga: jsonata(saga) } } : {}) };
}

/**
 * The states of a step as one state that can be caught.
 *
 * A single JSONata task is taken as it is. Anything else gets a Parallel around it: a chain has no catcher of its
 * own, and a Succeed inside it must not end the order.
 *
 * @internal
 */
export function asOneState(scope: Construct, stateName: string, states: sfn.IChainable, outputs = '$states.result[0]'): CatchableState {
  if (isJsonataTask(states)) {
    return states.startState as CatchableState;
  }
  if (sfn.State.findReachableStates(states.startState).some(({ stateId }) => stateId === stateName)) {
    throw new ValidationError(`one of the states of ${stateName} has the name of the step, which is that of the state around them: give it another`, scope);
  }
  return sfn.Parallel.jsonata(scope, 'Branch', { stateName, outputs: jsonata(outputs) }).branch(states);
}

/** @internal */
export function isJsonataTask(states: sfn.IChainable): boolean {
  const [end, ...others] = states.endStates as unknown[];
  return others.length === 0 && end === states.startState && 'addCatch' in states.startState
    && json(states.startState).Type === 'Task' && json(states.startState).QueryLanguage === sfn.QueryLanguage.JSONATA;
}

/** A state that orders only enter when the step's condition holds. @internal */
export function onlyIf(scope: Construct, stepName: string, condition: string | undefined, state: sfn.State, otherwise: sfn.State): sfn.State {
  return condition === undefined ? state : sfn.Choice.jsonata(scope, 'OnlyIf', { stateName: `${stepName} needed?` })
    .when(sfn.Condition.jsonata(jsonata(condition)), state)
    .otherwise(otherwise);
}

/** A condition of a Choice, in JSONata. @internal */
export function holds(condition: string): sfn.Condition {
  return sfn.Condition.jsonata(jsonata(condition));
}

/** Whether a task hands on its input unchanged, as a closing step must when nothing is around it. @internal */
export function passesInputOn(states: sfn.IChainable): boolean {
  return isJsonataTask(states) && json(states.startState).Output === jsonata('$states.input');
}

/** Whether a state writes to the order's row itself, and not through a function. @internal */
export function writesRow(state: CatchableState): boolean {
  return /:dynamodb:/.test(json(state).Resource ?? '');
}

function json(state: sfn.State): { Type?: string; QueryLanguage?: string; Resource?: string; Output?: unknown } {
  return state.toStateJson();
}
