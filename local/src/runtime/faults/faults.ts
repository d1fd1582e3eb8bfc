import { CallDraw } from './draw';
import { Fault, FaultPlace } from './fault';
import { FaultContext, applyFault } from './fault-effects';
import { isJsonObject, Json, JsonObject } from '../../json';
import { ServiceCall } from '../../services/service';

/** A fault that waits for its calls. */
export interface InjectedFault {
  /** How many calls it has hit. */
  readonly hits: number;
  /** No further call is hit. */
  remove(): void;
}

interface ActiveFault extends InjectedFault {
  readonly fault: Fault;
  hits: number;
  passed: number;
  readonly draw: CallDraw;
}

/** The faults that are injected. Every call to a service passes through here. */
export class Faults {
  private readonly active: ActiveFault[] = [];

  constructor(
    private readonly seed: number,
    private readonly context: FaultContext,
  ) {}

  public inject(fault: Fault): InjectedFault {
    const active: ActiveFault = { fault, hits: 0, passed: 0, draw: new CallDraw(this.seed), remove: () => this.remove(active) };
    this.active.push(active);
    return active;
  }

  /** The faults that wait for their calls or have had them. */
  public get injected(): readonly InjectedFault[] {
    return this.active;
  }

  public clear(): void {
    this.active.length = 0;
  }

  public async intercept(call: ServiceCall, perform: () => Promise<Json>): Promise<Json> {
    const fault = this.choose(call);
    return fault ? applyFault(fault, call, perform, this.context) : perform();
  }

  /** The first fault that hits this call. The acceptance of an asynchronous event is never hit: its invocation is. */
  private choose(call: ServiceCall): Fault | undefined {
    if (this.active.length === 0 || call.input.InvocationType === 'Event') {
      return undefined;
    }
    return this.active.find((active) => this.hits(active, call))?.fault;
  }

  private hits(active: ActiveFault, call: ServiceCall): boolean {
    const { at, after = 0, probability, times = probability === undefined ? 1 : Infinity } = active.fault;
    if (active.hits >= times || !fits(at, call)) {
      return false;
    }
    if (active.passed < after) {
      active.passed++;
      return false;
    }
    if (probability !== undefined && active.draw.next(call) >= probability) {
      return false;
    }
    active.hits++;
    return true;
  }

  private remove(active: ActiveFault): void {
    const index = this.active.indexOf(active);
    if (index >= 0) {
      this.active.splice(index, 1);
    }
  }
}

function fits({ state, caller, service, operation, resource }: FaultPlace, call: ServiceCall): boolean {
  return (
    (state === undefined || (call.caller.kind === 'state' && call.caller.name === state)) &&
    (caller === undefined || (call.caller.kind === 'function' && call.caller.name.includes(caller))) &&
    (service === undefined || call.service === service) &&
    (operation === undefined || call.operation === operation) &&
    (resource === undefined || namesOf(call.input).some((name) => name.includes(resource)))
  );
}

const NAMING_MEMBERS = ['FunctionName', 'TableName', 'TopicArn', 'TargetArn', 'QueueUrl', 'stateMachineArn', 'SecretId', 'Name'];

/** The names of all resources that a call is about. */
function namesOf(input: JsonObject): string[] {
  const own = NAMING_MEMBERS.map((member) => input[member]).filter((name): name is string => typeof name === 'string');
  const inTransaction =
    (input.TransactItems as JsonObject[] | undefined)?.flatMap((item) => Object.values(item)).filter(isJsonObject) ?? [];
  const inBatch = isJsonObject(input.RequestItems) ? Object.keys(input.RequestItems) : [];
  return [...own, ...inTransaction.flatMap(namesOf), ...inBatch];
}
