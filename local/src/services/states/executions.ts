import { Admission } from './admission';
import { DeferredExecution } from './deferred-execution';
import { ExecutionRecord } from './execution-record';
import { LiveMachine } from './live-machine';
import { HistoryEvent, Outcome, TaskRunner, TaskTokens } from '../../asl';
import { Json, sameJson } from '../../json';
import { randomUuid, seededRandom, seedFor } from '../../random';
import { ServiceContext } from '../service-context';
import { ServiceError } from '../service-error';

/** Ended executions whose history is kept; older ones keep how they ended. */
const HISTORIES_KEPT = 1000;
const NAME = /^[^\s<>{}[\]?*"#%\\^|~`$&,;:/\u0000-\u001f\u007f-\u009f]{1,80}$/;

/** Whether an execution can have this name. */
export function isExecutionName(name: string): boolean {
  return NAME.test(name);
}

export type StatusListener = (record: ExecutionRecord) => void;

/** What is known of an execution while it records an event. */
export type EventListener = (execution: Pick<ExecutionRecord, 'arn' | 'name' | 'machine' | 'history'>, event: HistoryEvent) => void;

/** All executions of all machines. */
export class Executions {
  public readonly tokens = new TaskTokens();
  private readonly records = new Map<string, ExecutionRecord>();
  private readonly withHistory: ExecutionRecord[] = [];
  private readonly listeners: StatusListener[] = [];
  private readonly eventListeners: EventListener[] = [];

  private readonly seed: number;

  constructor(private readonly context: ServiceContext, private readonly tasks: TaskRunner, private readonly admission: Admission) {
    this.seed = context.random();
  }

  /** Listens to each execution that starts or ends. */
  public onStatus(listener: StatusListener): void {
    this.listeners.push(listener);
  }

  /** Listens to each event in the history of each execution. */
  public onEvent(listener: EventListener): void {
    this.eventListeners.push(listener);
  }

  /** @param atOnce for those who are waited for, by a task or a function: they must not wait for room themselves. */
  public start(machine: LiveMachine, startedBy: string, name: string | undefined, input: string, atOnce: boolean): ExecutionRecord {
    const given = name ?? randomUuid(this.context.random);
    if (!isExecutionName(given)) {
      throw new ServiceError('InvalidName', `Invalid Name: '${given}'`);
    }
    const value = parseInput(input);
    const arn = this.arn(machine, given);
    const known = this.records.get(arn);
    if (!known) {
      const record = this.create(machine, startedBy, given, arn, input, value);
      if (atOnce) {
        record.execution.begin();
      } else {
        this.admission.admit(arn, () => record.execution.begin());
      }
      return record;
    }
    if (known.outcome === undefined && sameJson(value, parseInput(known.input))) {
      return known;
    }
    throw new ServiceError('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`);
  }

  public find(arn: string): ExecutionRecord {
    const record = this.records.get(arn);
    if (!record) {
      throw new ServiceError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
    }
    return record;
  }

  public all(): ExecutionRecord[] {
    return [...this.records.values()];
  }

  public stopAll(): void {
    this.listeners.length = 0;
    this.records.forEach(({ execution, outcome }) => outcome ?? execution.stop());
  }

  private arn({ express, arn }: LiveMachine, name: string): string {
    const ofMachine = arn.replace(':stateMachine:', express ? ':express:' : ':execution:');
    return express ? `${ofMachine}:${name}:${randomUuid(this.context.random)}` : `${ofMachine}:${name}`;
  }

  private create(machine: LiveMachine, startedBy: string, name: string, arn: string, input: string, value: Json): ExecutionRecord {
    const { clock } = this.context;
    const history: HistoryEvent[] = [];
    const execution = new DeferredExecution({
      machine: machine.machine,
      input: value,
      identity: {
        executionArn: arn,
        executionName: name,
        stateMachineArn: machine.arn,
        stateMachineName: machine.name,
        roleArn: `arn:aws:iam::${this.context.account}:role/${machine.name}`,
      },
      clock,
      random: seededRandom(seedFor(this.seed, arn)),
      tasks: this.tasks,
      tokens: this.tokens,
      onEvent: (event) => {
        history.push(event);
        this.eventListeners.forEach((listener) => listener({ arn, name, machine, history }, event));
      },
    });
    const ended = execution.outcome.catch((error: Error): Outcome => {
      this.context.log(machine.name, `execution ${name} cannot go on: ${error.message}`);
      return { status: 'FAILED', error: 'States.Runtime', cause: error.message };
    });
    const record: ExecutionRecord = { arn, name, machine, startedBy, input, execution, history, ended };
    this.records.set(arn, record);
    this.notify(record);
    this.context.background.run(arn, () => this.untilEnded(record));
    return record;
  }

  private async untilEnded(record: ExecutionRecord): Promise<void> {
    record.outcome = await record.ended;
    record.stoppedAt = this.context.clock.now();
    this.admission.left(record.arn);
    this.forgetOldest(record);
    this.notify(record);
  }

  private notify(record: ExecutionRecord): void {
    this.listeners.forEach((listener) => listener(record));
  }

  private forgetOldest(record: ExecutionRecord): void {
    this.withHistory.push(record);
    if (this.withHistory.length > HISTORIES_KEPT) {
      this.withHistory.shift()!.history.length = 0;
    }
  }
}

function parseInput(input: string): Json {
  try {
    return JSON.parse(input) as Json;
  } catch (error) {
    throw new ServiceError('InvalidExecutionInput', `Invalid State Machine Execution Input: '${(error as Error).message}'`);
  }
}
