import { Annotations, Duration, aws_stepfunctions as sfn } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { StateJson, knownSeconds, longestTime } from './longest-way';

/** How long an EXPRESS execution may run. */
const EXPRESS_SECONDS = 5 * 60;

/** The state in which a step does its work. @internal */
export interface StepTask {
  readonly stepName: string;
  readonly task: sfn.State;
  /** How long the step is tried again under contention. */
  readonly contentionTimeout?: Duration;
}

/**
 * Warns when the tasks of an order may take longer, each tried once but under contention, than an EXPRESS execution may run.
 *
 * The states must be part of a state machine already: before, the JSON of a Parallel is without its branches.
 *
 * @internal
 */
export function warnOfExpressTime(scope: Construct, tasks: StepTask[]): void {
  const times = tasks.map(({ stepName, task, contentionTimeout }) => ({
    stepName,
    seconds: longestTime(task, (state, inside) => secondsOf(state) + inside) + (contentionTimeout?.toSeconds({ integral: false }) ?? 0),
  }));
  const total = times.reduce((sum, { seconds }) => sum + seconds, 0);
  if (total <= EXPRESS_SECONDS) {
    return;
  }
  const longest = [...times].sort((a, b) => b.seconds - a.seconds)[0].stepName;
  Annotations.of(scope).addWarningV2(
    'cdk-order-workflow:expressTime',
    `the tasks of an order may take ${total} s (${times.map(({ stepName, seconds }) => `${stepName} ${seconds}`).join(', ')}), `
    + `and Step Functions ends an EXPRESS execution after ${EXPRESS_SECONDS} s: `
    + `lower the timeout of ${longest} first, or use stateMachineType STANDARD.`,
  );
}

/** A time that is known only at deployment or of the order counts as nothing. */
function secondsOf({ TimeoutSeconds, Seconds }: StateJson): number {
  return knownSeconds(TimeoutSeconds ?? Seconds) ?? 0;
}
