import { ForwardStep, SagaStep, forwardSteps } from './saga-step';
import { WORKFLOW_STEP } from '../contract/workflow-steps';
import { literal } from '../jsonata/expressions';
import { OrderStatus } from '../order-status';

/** How far an execution can have come with an order. */
interface Reach {
  readonly step: string;
  readonly undoFrom?: string;
}

/**
 * JSONata that yields, by status, the step that can have begun and where its undo begins.
 *
 * The row holds what was written last, and what comes after it may have happened as well: the next step, and those behind
 * it as far as steps are skipped.
 *
 * @internal
 */
export function furthestStep(steps: SagaStep[]): string {
  const forward = forwardSteps(steps);
  const reaches: [string, Reach][] = [[OrderStatus.RECEIVED, reachFrom(forward, 0)]];
  forward.forEach(({ stepName, config, undoFrom }, index) => {
    reaches.push([config.acceptedStatus, reachFrom(forward, index + 1)]);
    if (config.kind === 'waiting') {
      reaches.push([config.waitingStatus, { step: stepName, undoFrom }]);
    }
  });
  return `{${reaches.map(([status, reach]) => `${literal(status)}: ${jsonataOf(reach)}`).join(', ')}}`;
}

function reachFrom(forward: ForwardStep[], next: number): Reach {
  const furthest = forward.slice(next).find(({ config }) => config.onlyIf === undefined) ?? forward[forward.length - 1];
  return { step: forward[next]?.stepName ?? WORKFLOW_STEP.COMPLETE_ORDER, undoFrom: furthest.undoFrom };
}

function jsonataOf({ step, undoFrom }: Reach): string {
  return `{'step': ${literal(step)}${undoFrom ? `, 'undoFrom': ${literal(undoFrom)}` : ''}}`;
}
