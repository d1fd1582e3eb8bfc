import { OrderStatus } from '../order-status';
import { literal } from '../jsonata/expressions';
import { SagaStep } from './saga-step';

/** What an order's status tells of how far its execution came. */
interface Reach {
  readonly step: string;
  readonly undoFrom?: string;
}

/**
 * JSONata that yields, by status, the step that can have begun and where its undo begins.
 *
 * The row tells what was written last, and what came after may have happened all the same: the next step, and those behind
 * it as far as steps are passed over.
 *
 * @internal
 */
export function furthestStep(steps: SagaStep[]): string {
  const forward = steps.filter(({ config }) => config.action && !config.closing);
  const reaches: [string, Reach][] = [[OrderStatus.RECEIVED, reachFrom(forward, 0)]];
  forward.forEach((step, index) => {
    reaches.push([step.config.acceptedStatus!, reachFrom(forward, index + 1)]);
    if (step.config.waitingStatus) {
      reaches.push([step.config.waitingStatus, { step: step.step.stepName, undoFrom: step.undoFrom }]);
    }
  });
  return `{${reaches.map(([status, reach]) => `${literal(status)}: ${jsonataOf(reach)}`).join(', ')}}`;
}

function reachFrom(forward: SagaStep[], next: number): Reach {
  const furthest = forward.slice(next).find(({ config }) => config.onlyIf === undefined) ?? forward[forward.length - 1];
  return { step: forward[next]?.step.stepName ?? 'CompleteOrder', undoFrom: furthest.undoFrom };
}

function jsonataOf({ step, undoFrom }: Reach): string {
  return `{'step': ${literal(step)}${undoFrom ? `, 'undoFrom': ${literal(undoFrom)}` : ''}}`;
}
