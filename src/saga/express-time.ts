import { Annotations, Duration, Token, aws_stepfunctions as sfn } from 'aws-cdk-lib';
import { Construct } from 'constructs';

/** How long an EXPRESS execution may run. */
const EXPRESS_SECONDS = 5 * 60;

interface StateJson {
  readonly Next?: string;
  readonly Default?: string;
  readonly Choices?: { readonly Next: string }[];
  /** Of a Task; the others take no time, or have it as `Seconds`. */
  readonly TimeoutSeconds?: unknown;
  readonly Seconds?: unknown;
  readonly Branches?: GraphJson[];
  readonly Iterator?: GraphJson;
  readonly ItemProcessor?: GraphJson;
}

interface GraphJson {
  readonly StartAt: string;
  readonly States: { readonly [name: string]: StateJson };
}

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
    seconds: longestWay({ StartAt: stepName, States: { [stepName]: task.toStateJson() } }) + (contentionTimeout?.toSeconds({ integral: false }) ?? 0),
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

/** The seconds of the longest way through the states; a state that is entered again counts once. */
function longestWay({ StartAt, States }: GraphJson, passed: string[] = []): number {
  const state = States[StartAt];
  if (!state || passed.includes(StartAt)) {
    return 0;
  }
  const { Next, Default, Choices = [], Branches = [], Iterator, ItemProcessor } = state;
  const inside = [...Branches, Iterator, ItemProcessor].map((graph) => (graph ? longestWay(graph) : 0));
  const behind = [Next, Default, ...Choices.map((choice) => choice.Next)]
    .map((next) => (next ? longestWay({ StartAt: next, States }, [...passed, StartAt]) : 0));
  return secondsOf(state) + Math.max(...inside) + Math.max(...behind);
}

/** A time that is known only at deployment or of the order counts as nothing. */
function secondsOf({ TimeoutSeconds, Seconds }: StateJson): number {
  const seconds = TimeoutSeconds ?? Seconds;
  return typeof seconds === 'number' && !Token.isUnresolved(seconds) ? seconds : 0;
}
