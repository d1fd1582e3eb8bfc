import { Construct } from 'constructs';
import { SagaClosingStep, SagaStep } from './saga-step';
import { ValidationError } from '../private/validation-error';
import { IStepHost } from '../step-host';
import { ClosingStepConfig, IClosingStep } from '../steps/closing-step';
import { IOrderStep } from '../steps/order-step';
import { OrderStepConfig } from '../steps/order-step-config';

/** Binds the steps, each in a scope of its own under its name. @internal */
export function bindSteps(scope: Construct, host: IStepHost, steps: IOrderStep[]): SagaStep[] {
  const bound: SagaStep[] = [];
  steps.forEach((step, index) => {
    const { stepName } = step;
    const config = stepConfig(scope, step.bind(new Construct(scope, stepName), host), `steps[${index}]`, stepName);
    const undoBefore = bound[bound.length - 1]?.undoFrom;
    bound.push({ stepName, config, idempotencyPrefix: host.idempotencyPrefix, undoBefore, undoFrom: config.compensation ? stepName : undoBefore });
  });
  return bound;
}

/** @internal */
export function bindClosingSteps(scope: Construct, host: IStepHost, closingSteps: IClosingStep[]): SagaClosingStep[] {
  return closingSteps.map((step, index) => {
    const { stepName } = step;
    return { stepName, config: closingConfig(scope, step.bind(new Construct(scope, stepName), host), `closingSteps[${index}]`, stepName) };
  });
}

/** TypeScript refuses another type of config; from other languages it can still arrive. */
function stepConfig(scope: Construct, config: unknown, field: string, stepName: string) {
  if (OrderStepConfig._isOrderStepConfig(config)) {
    return OrderStepConfig._detailsOf(config);
  }
  throw new ValidationError(ClosingStepConfig._isClosingStepConfig(config)
    ? `${field} (${stepName}) is a closing step: move it to closingSteps`
    : `the bind() of step ${stepName} returned no OrderStepConfig: return OrderStepConfig.task(…), .transactional(…), .waiting(…), `
      + '.statusOnly(…) or .compensationOnly(…)', scope);
}

function closingConfig(scope: Construct, config: unknown, field: string, stepName: string) {
  if (ClosingStepConfig._isClosingStepConfig(config)) {
    return ClosingStepConfig._detailsOf(config);
  }
  throw new ValidationError(OrderStepConfig._isOrderStepConfig(config)
    ? `${field} (${stepName}) is not a closing step: move it to steps`
    : `the bind() of closing step ${stepName} returned no ClosingStepConfig: return ClosingStepConfig.task(…)`, scope);
}
