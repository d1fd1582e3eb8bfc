import { Construct } from 'constructs';
import { SagaClosingStep, SagaStep, declaredStatuses, forwardSteps, rejectedStatuses } from './saga-step';
import { OrderStatus } from '../order-status';
import { checkWait } from './wait-check';
import { conditionProblem } from '../private/condition';
import { ValidationError } from '../private/validation-error';
import { IStepHost } from '../step-host';
import { IClosingStep } from '../steps/closing-step';
import { IOrderStep } from '../steps/order-step';

const STEP_NAME = /^[A-Za-z][A-Za-z0-9_-]{0,39}$/;
const STATUS = /^[A-Z][A-Z0-9_]{0,39}$/;

/** Steps that are part of a workflow already. */
const bound = new WeakSet<IOrderStep | IClosingStep>();

/** Checks the lists before any step is bound. @internal */
export function checkStepLists(scope: Construct, steps: IOrderStep[], closingSteps: IClosingStep[]): void {
  const fail = (message: string) => { throw new ValidationError(message, scope); };
  if (steps.length === 0) {
    fail('steps is empty: give at least one step, or leave steps out for validate and reserve');
  }
  const seen = new Set<string>();
  for (const step of [...steps, ...closingSteps]) {
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
  [...steps, ...closingSteps].forEach((step) => bound.add(step));
}

/** Checks what only the bound steps know. @internal */
export function checkBoundSteps(scope: Construct, host: IStepHost, steps: SagaStep[], closingSteps: SagaClosingStep[]): void {
  const fail = (message: string) => { throw new ValidationError(message, scope); };
  if (forwardSteps(steps).length === 0) {
    fail('steps has no step that moves an order forward: give at least one that does more than to undo');
  }
  const owners = new Map<string, string>();
  steps.forEach(({ stepName, config }, index) => {
    if (config.kind === 'compensationOnly') {
      if (index > 0) {
        fail(`${stepName} undoes what happened before the order was started, so a rejection by an earlier step would miss it: put it first`);
      }
      return;
    }
    if (config.kind === 'waiting') {
      checkWait(stepName, config, host, fail);
    }
    if (rejectedStatuses(config).includes(config.acceptedStatus)) {
      fail(`${stepName} has ${config.acceptedStatus} as accepted and as rejected status: an outcome is one or the other`);
    }
    checkCondition(stepName, config.onlyIf, fail);
    declaredStatuses(config).forEach((status) => checkStatus(stepName, status, owners, fail));
  });
  closingSteps.forEach(({ stepName, config }) => checkCondition(stepName, config.onlyIf, fail));
}

type Fail = (message: string) => void;

function checkCondition(stepName: string, onlyIf: string | undefined, fail: Fail): void {
  const problem = onlyIf && conditionProblem(onlyIf);
  if (problem) {
    fail(`onlyIf of ${stepName} is '${onlyIf}': ${problem}`);
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
    fail(`status ${status} belongs to ${owners.get(status)} and to ${stepName}: a status must state how far the order is; rename one of them`);
  }
  owners.set(status, stepName);
}
