import { Annotations, Token, aws_stepfunctions as sfn } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { SagaStep } from './saga-step';
import { isJsonataTask } from './states';

/** What Step Functions gives an EXPRESS execution. */
const EXPRESS_SECONDS = 5 * 60;

interface StateJson {
  readonly Next?: string;
  readonly Default?: string;
  readonly Choices?: { readonly Next: string }[];
  /** Of a Task; the others take no time, or say it as `Seconds`. */
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

/**
 * Warns when the tasks of an order may take longer, each tried once, than an EXPRESS execution may run.
 *
 * It can be asked only when the states are part of a state machine: before, a Parallel does not tell its branches.
 *
 * @internal
 */
export function warnOfExpressTime(scope: Construct, steps: SagaStep[]): void {
  const times = steps.filter(({ config }) => config.action)
    .map(({ step, config }) => ({ stepName: step.stepName, seconds: longestWay(graphOf(config.action!)) }));
  const total = times.reduce((sum, { seconds }) => sum + seconds, 0);
  if (total <= EXPRESS_SECONDS) {
    return;
  }
  const longest = [...times].sort((a, b) => b.seconds - a.seconds)[0].stepName;
  Annotations.of(scope).addWarningV2(
    'cdk-order-workflow:expressTime',
    `the tasks of an order may take ${total} s (${times.map(({ stepName, seconds }) => `${stepName} ${seconds}`).join(', ')}), `
    + `and Step Functions ends an EXPRESS execution after ${EXPRESS_SECONDS} s, wherever it is: `
    + `lower the timeout of ${longest} first, or use stateMachineType STANDARD.`,
  );
}

/** The states of a step, without those that the saga put behind it. */
function graphOf(action: sfn.IChainable): GraphJson {
  const { startState } = action;
  const states = isJsonataTask(action) ? [startState] : sfn.State.findReachableStates(startState);
  return { StartAt: startState.stateId, States: Object.fromEntries(states.map((state) => [state.stateId, state.toStateJson() as StateJson])) };
}

/** The seconds of the longest way through the states; a state that is come back to counts once. */
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

/** What only the deployment or the order itself tells counts as nothing. */
function secondsOf({ TimeoutSeconds, Seconds }: StateJson): number {
  const seconds = TimeoutSeconds ?? Seconds;
  return typeof seconds === 'number' && !Token.isUnresolved(seconds) ? seconds : 0;
}
