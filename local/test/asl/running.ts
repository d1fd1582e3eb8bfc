import { compileMachine, Execution, HistoryEvent, Json, JsonObject, Outcome, seededRandom, TaskRunner, TaskTokens, VirtualClock } from '../../src';

export const IDENTITY = {
  executionArn: 'arn:aws:states:us-east-1:111111111111:execution:orders:order-1',
  executionName: 'order-1',
  stateMachineArn: 'arn:aws:states:us-east-1:111111111111:stateMachine:orders',
  stateMachineName: 'orders',
  roleArn: 'arn:aws:iam::111111111111:role/orders',
};

/** What a task does in a test, by its Resource. */
export type Work = (task: Parameters<TaskRunner['run']>[0], clock: VirtualClock) => Json | Promise<Json>;

interface Options {
  readonly work?: Work;
  readonly tokens?: TaskTokens;
  readonly seed?: number;
  readonly clock?: VirtualClock;
  readonly executionArn?: string;
}

export interface Begun {
  readonly execution: Execution;
  readonly events: HistoryEvent[];
  readonly clock: VirtualClock;
  readonly tokens: TaskTokens;
}

/** Begins to run a definition in virtual time. */
export function begin(definition: JsonObject, input: Json = {}, options: Options = {}): Begun {
  const clock = options.clock ?? new VirtualClock();
  const tokens = options.tokens ?? new TaskTokens();
  const events: HistoryEvent[] = [];
  const execution = new Execution({
    machine: compileMachine(definition),
    input,
    identity: { ...IDENTITY, executionArn: options.executionArn ?? IDENTITY.executionArn },
    clock,
    tokens,
    random: seededRandom(options.seed ?? 1),
    tasks: {
      run: async (task) => {
        if (!options.work) {
          throw new Error(`this test has no work for ${task.resource}`);
        }
        return options.work(task, clock);
      },
    },
    onEvent: (event) => events.push(event),
  });
  return { execution, events, clock, tokens };
}

export type Ran = Outcome & { readonly events: HistoryEvent[]; readonly types: string[]; readonly ms: number };

/** Runs a definition to its end; time jumps over every wait. */
export async function run(definition: JsonObject, input: Json = {}, options: Options = {}): Promise<Ran> {
  const { execution, events, clock } = begin(definition, input, options);
  const outcome = await clock.until(execution.outcome);
  return { ...outcome, events, types: events.map(({ type }) => type), ms: clock.now() - execution.startedAt };
}

/** A machine of one state. */
export function machineOf(state: JsonObject, more: JsonObject = {}): JsonObject {
  return { StartAt: 'Only', States: { Only: { ...(state.Type !== 'Fail' && state.Type !== 'Succeed' && { End: true }), ...state } }, ...more };
}
