import { Construct } from 'constructs';
import { OrderStatus } from '../order-status';
import { SagaStep, declaredStatuses } from './saga-step';
import { conditionProblem } from '../private/condition';
import { ValidationError } from '../private/validation-error';
import { IOrderStep, OrderStepConfig } from '../steps/order-step';

const STEP_NAME = /^[A-Za-z][A-Za-z0-9_-]{0,39}$/;
const STATUS = /^[A-Z][A-Z0-9_]{0,39}$/;

/** Steps that are part of a workflow already. */
const bound = new WeakSet<IOrderStep>();

/** What can be said of a list of steps before any of them is bound. @internal */
export function checkStepList(scope: Construct, steps: IOrderStep[]): void {
  const fail = (message: string) => { throw new ValidationError(message, scope); };
  if (steps.length === 0) {
    fail('steps is empty: give at least one step, or leave steps out for validate and reserve');
  }
  const seen = new Set<string>();
  for (const step of steps) {
    const { stepName } = step;
    if (typeof stepName !== 'string' || !STEP_NAME.test(stepName)) {
      fail(`stepName '${stepName}' is not a name: use a letter and then up to 39 letters, digits, - or _`);
    }
    if (seen.has(stepName)) {
      fail(`two steps have the name ${stepName}: give one of them another stepName`);
    }
    if (bound.has(step)) {
      fail(`step ${stepName} is part of another workflow already: make a new one here`);
    }
    seen.add(stepName);
  }
}

/** What only the bound steps tell. @internal */
export function checkBoundSteps(scope: Construct, steps: SagaStep[]): void {
  steps.forEach(({ step }) => bound.add(step));
  if (steps.every(({ config }) => config.closing || !config.action)) {
    throw new ValidationError('steps has no step that moves an order forward: give at least one that is not a closing step', scope);
  }
  const owners = new Map<string, string>();
  let closing: string | undefined;
  for (const [index, { step: { stepName }, config }] of steps.entries()) {
    const fail = (message: string) => { throw new ValidationError(message, scope); };
    if (config.closing) {
      closing = stepName;
      checkClosing(stepName, config, fail);
    } else if (closing) {
      fail(`${stepName} stands after the closing step ${closing}, where nothing can be undone any more: put it before all closing steps`);
    } else if (!config.action) {
      checkWithoutAction(stepName, config, index, fail);
    } else {
      checkForward(stepName, config, fail);
    }
    const problem = config.onlyIf && conditionProblem(config.onlyIf);
    if (problem) {
      fail(`onlyIf of ${stepName} is '${config.onlyIf}': ${problem}`);
    }
    for (const status of declaredStatuses(config)) {
      checkStatus(stepName, status, owners, fail);
    }
  }
}

type Fail = (message: string) => void;

function checkForward(stepName: string, config: OrderStepConfig, fail: Fail): void {
  if (!config.acceptedStatus) {
    fail(`${stepName} has no acceptedStatus: name the status of an order that it accepted, or make it a closing step`);
  }
  if (config.waitingStatus && !config.rejectedStatuses?.length) {
    fail(`${stepName} waits in ${config.waitingStatus} but has no rejected status for an order about which nobody decides: name one`);
  }
  if (config.rejectedStatuses?.includes(config.acceptedStatus!)) {
    fail(`${stepName} has ${config.acceptedStatus} as accepted and as rejected status: an outcome is one or the other`);
  }
}

function checkClosing(stepName: string, config: OrderStepConfig, fail: Fail): void {
  if (!config.action) {
    fail(`${stepName} is a closing step without an action: it would do nothing; leave it out`);
  }
  if (config.compensation) {
    fail(`${stepName} is a closing step with a compensation, but a completed order is never undone: put it before the closing steps`);
  }
  if (declaredStatuses(config).length > 0) {
    fail(`${stepName} is a closing step with the status ${declaredStatuses(config)[0]}, but the order stays COMPLETED: leave its statuses out`);
  }
}

function checkWithoutAction(stepName: string, config: OrderStepConfig, index: number, fail: Fail): void {
  if (!config.compensation) {
    fail(`${stepName} has neither an action nor a compensation: it would do nothing; leave it out`);
  }
  if (index > 0) {
    fail(`${stepName} undoes what happened before the order began, so a rejection by an earlier step would miss it: put it first`);
  }
  if (declaredStatuses(config).length > 0) {
    fail(`${stepName} has the status ${declaredStatuses(config)[0]} but no action that could lead to it: leave its statuses out`);
  }
}

function checkStatus(stepName: string, status: string, owners: Map<string, string>, fail: Fail): void {
  if (!STATUS.test(status)) {
    fail(`status '${status}' of ${stepName} is not a name: use a capital letter and then up to 39 capital letters, digits or _`);
  }
  if (OrderStatus._RESERVED.includes(status)) {
    fail(`status ${status} of ${stepName} is reserved for the workflow itself: choose another`);
  }
  if (owners.has(status)) {
    fail(`status ${status} belongs to ${owners.get(status)} and to ${stepName}: a status must tell how far the order is; rename one of them`);
  }
  owners.set(status, stepName);
}
