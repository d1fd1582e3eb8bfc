import { ContextObject, ExecutionIdentity, timestamp } from './context';
import { Aborted, ErrorName, StateFailure } from './failures';
import { History, HistoryEvent } from './history';
import { Machine } from './machine';
import { Payload } from './payload';
import { runWorkflow } from './run-workflow';
import { Scope } from './scope';
import { TaskRunner } from './task-runner';
import { TaskTokens } from './task-tokens';
import { rootScope } from './variables';
import { Clock } from '../clock';
import { Json } from '../json';
import { Random } from '../random';

export interface ExecutionOptions {
  readonly machine: Machine;
  readonly input: Json;
  readonly identity: ExecutionIdentity;
  readonly clock: Clock;
  readonly random: Random;
  readonly tasks: TaskRunner;
  /** Shared by all executions, so that a token can be answered without knowing its execution. */
  readonly tokens: TaskTokens;
  readonly onEvent?: (event: HistoryEvent) => void;
}

export type Outcome =
  | { readonly status: 'SUCCEEDED'; readonly output: Json }
  | { readonly status: 'FAILED' | 'TIMED_OUT' | 'ABORTED'; readonly error?: string; readonly cause?: string };

/** One run of a machine, under way from the moment it is made. */
export class Execution {
  /** How it ended. Rejects only with an error that is the runner's own, not the machine's. */
  public readonly outcome: Promise<Outcome>;
  public readonly startedAt: number;
  private readonly scope: Scope;
  private end!: (outcome: Outcome) => void;
  private ended = false;

  constructor(private readonly options: ExecutionOptions) {
    const { clock, input, onEvent } = options;
    this.startedAt = clock.now();
    this.scope = new Scope({
      variables: rootScope(),
      history: new History(clock, onEvent),
      execution: describe(options, this.startedAt),
    });
    this.outcome = this.run(new Payload(input));
  }

  /** Ends the execution from outside; does nothing once it has ended. */
  public stop(error?: string, cause?: string): void {
    this.cutShort('ExecutionAborted', { status: 'ABORTED', error, cause }, error, cause);
  }

  private async run(input: Payload): Promise<Outcome> {
    const { machine, clock } = this.options;
    const cutShort = new Promise<Outcome>((resolve) => {
      this.end = resolve;
    });
    const timeout = machine.timeoutSeconds;
    const cancel =
      timeout === undefined
        ? undefined
        : clock.after(timeout * 1000, () => this.cutShort('ExecutionTimedOut', { status: 'TIMED_OUT' }, ErrorName.TIMEOUT));
    try {
      return await Promise.race([this.runMachine(input), cutShort]);
    } finally {
      cancel?.();
    }
  }

  private async runMachine(input: Payload): Promise<Outcome> {
    const { identity, machine } = this.options;
    try {
      this.scope.recordAside('ExecutionStarted', { input: input.text, inputDetails: { truncated: false }, roleArn: identity.roleArn });
      const output = await runWorkflow(machine.workflow, this.options, this.scope, input);
      this.recordEnd('ExecutionSucceeded', { output: output.text, outputDetails: { truncated: false } });
      return { status: 'SUCCEEDED', output: output.value };
    } catch (error) {
      const failure = error instanceof RangeError ? new StateFailure(ErrorName.RUNTIME, `The input is too large or nested too deep: ${error.message}`) : error;
      if (failure instanceof Aborted) {
        // What cut it short has recorded how it ended.
        return new Promise<never>(() => undefined);
      }
      if (!(failure instanceof StateFailure)) {
        this.scope.end();
        throw failure;
      }
      const ended = { error: failure.error, cause: failure.cause };
      this.recordEnd('ExecutionFailed', ended);
      return { status: 'FAILED', ...ended };
    }
  }

  /** Ends it from outside: no state records that it ends. */
  private cutShort(type: string, outcome: Outcome, error?: string, cause?: string): void {
    if (this.ended) {
      return;
    }
    this.scope.trail.last = 0;
    this.recordEnd(type, { error, cause });
    this.end(outcome);
  }

  private recordEnd(type: string, details: object): void {
    this.ended = true;
    this.scope.history.recordEnd(this.scope.trail, type, details);
    this.scope.end();
  }
}

function describe({ identity, input }: ExecutionOptions, startedAt: number): Pick<ContextObject, 'Execution' | 'StateMachine'> {
  return {
    Execution: {
      Id: identity.executionArn,
      Input: input,
      StartTime: timestamp(startedAt),
      Name: identity.executionName,
      RoleArn: identity.roleArn,
      ...(isExpress(identity) ? {} : { RedriveCount: 0 }),
    },
    StateMachine: { Id: identity.stateMachineArn, Name: identity.stateMachineName },
  };
}

function isExpress({ executionArn }: ExecutionIdentity): boolean {
  return executionArn.split(':')[5] === 'express';
}
