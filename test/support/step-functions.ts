import { once } from 'node:events';
import { IncomingMessage, Server, ServerResponse, createServer } from 'node:http';
import { AddressInfo } from 'node:net';

/** The error that a request fails with. */
export interface ServiceFault {
  readonly status: number;
  readonly name: string;
}

interface Execution {
  readonly input: string;
  ended: boolean;
}

/** The description of an execution. */
export interface DescribedExecution {
  readonly status: string;
  readonly error?: string;
  readonly cause?: string;
}

const STATE_MACHINE = 'arn:aws:states:eu-west-1:111122223333:stateMachine:Orders';
const RECOVERY_MACHINE = 'arn:aws:states:eu-west-1:111122223333:stateMachine:Recovery';
/** Few, so that histories have several pages. */
const EVENTS_ON_A_PAGE = 3;

/** Step Functions over HTTP: executions by name, and the tokens of waiting tasks. */
export class StepFunctions {
  public static async start(): Promise<StepFunctions> {
    const service = new StepFunctions();
    service.server.listen(0, '127.0.0.1');
    await once(service.server, 'listening');
    return service;
  }

  public readonly stateMachineArn = STATE_MACHINE;
  public readonly recoveryMachineArn = RECOVERY_MACHINE;
  /** Whether the names of executions are unique, as they do on STANDARD. */
  public namesAreUnique = true;
  /** The tokens of the tasks that wait. */
  public waiting = new Set<string>();
  /** The results that were sent to tasks. */
  public answered: Array<Record<string, string>> = [];
  /** Every execution that was started, in order. */
  public started: Array<{ name: string; input: any }> = [];
  /** The recoveries that were started. */
  public recoveries: Array<{ name: string; input: any }> = [];
  /** The descriptions of executions that were not started here, by their ARN. */
  public described = new Map<string, DescribedExecution>();
  /** The events of executions, the first one first. */
  public histories = new Map<string, object[]>();
  /** What was operations for, in order. */
  public operations: string[] = [];
  /** Runs as the first step of an execution. */
  public onStart?: (name: string) => Promise<void>;
  /** The errors of the next requests. */
  public faults: ServiceFault[] = [];
  private executions = new Map<string, Execution>();
  private readonly server: Server;

  private constructor() {
    this.server = createServer((request, response) => { void this.serve(request, response); });
  }

  public get endpoint(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  public reset({ namesAreUnique = true } = {}): void {
    Object.assign(this, {
      namesAreUnique,
      waiting: new Set(),
      answered: [],
      started: [],
      faults: [],
      executions: new Map(),
      onStart: undefined,
      recoveries: [],
      described: new Map(),
      histories: new Map(),
      operations: [],
    });
  }

  public executionArn(name: string): string {
    return `${STATE_MACHINE.replace(':stateMachine:', ':execution:')}:${name}`;
  }

  public end(name: string): void {
    this.executions.get(name)!.ended = true;
  }

  public async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const operation = String(request.headers['x-amz-target']).split('.')[1];
    this.operations.push(operation);
    const mishap = this.faults.shift();
    if (mishap) return refuse(response, mishap);
    const outcome = this.perform(operation, JSON.parse(Buffer.concat(chunks).toString()));
    if ('refused' in outcome) return refuse(response, { status: 400, name: outcome.refused });
    response.setHeader('content-type', 'application/x-amz-json-1.0');
    response.end(JSON.stringify(outcome));
  }

  private perform(operation: string, input: Record<string, string>): object | { refused: string } {
    switch (operation) {
      case 'StartExecution': return input.stateMachineArn === RECOVERY_MACHINE ? this.startRecovery(input) : this.startExecution(input);
      case 'DescribeExecution': return this.describe(input);
      case 'GetExecutionHistory': return this.history(input);
    }
    if (!this.waiting.delete(input.taskToken)) return { refused: 'TaskTimedOut' };
    this.answered.push(input);
    return {};
  }

  private startExecution({ stateMachineArn, name, input }: Record<string, string>): object | { refused: string } {
    if (stateMachineArn.replace(/:live$/, '') !== STATE_MACHINE) return { refused: 'StateMachineDoesNotExist' };
    const known = this.namesAreUnique ? this.executions.get(name) : undefined;
    if (known && (known.ended || known.input !== input)) return { refused: 'ExecutionAlreadyExists' };
    if (!known) {
      this.executions.set(name, { input, ended: false });
      this.started.push({ name, input: JSON.parse(input) });
      void this.onStart?.(name);
    }
    return { executionArn: this.executionArn(name), startDate: 1_893_456_000 };
  }

  private startRecovery({ name, input }: Record<string, string>): object {
    this.recoveries.push({ name, input: JSON.parse(input) });
    return { executionArn: `${RECOVERY_MACHINE.replace(':stateMachine:', ':execution:')}:${name}`, startDate: 1_893_456_000 };
  }

  private describe({ executionArn }: Record<string, string>): object | { refused: string } {
    const [name, started] = [...this.executions].find(([each]) => this.executionArn(each) === executionArn) ?? [];
    const fate = this.described.get(executionArn) ?? (started && { status: started.ended ? 'FAILED' : 'RUNNING' });
    if (!fate) return { refused: executionArn.startsWith('arn:') ? 'ExecutionDoesNotExist' : 'InvalidArn' };
    return { executionArn, stateMachineArn: STATE_MACHINE, name, startDate: 1_893_456_000, ...fate };
  }

  private history({ executionArn, reverseOrder, nextToken = '0' }: Record<string, any>): object | { refused: string } {
    const events = this.histories.get(executionArn);
    if (!events) return { refused: 'ExecutionDoesNotExist' };
    const ordered = reverseOrder ? [...events].reverse() : events;
    const end = Number(nextToken) + EVENTS_ON_A_PAGE;
    return { events: ordered.slice(Number(nextToken), end), ...end < ordered.length ? { nextToken: String(end) } : {} };
  }
}

function refuse(response: ServerResponse, { status, name }: { status: number; name: string }): void {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' });
  response.end(JSON.stringify({ __type: `com.amazonaws.swf.service.v2.model#${name}`, message: name }));
}
