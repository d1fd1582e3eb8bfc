import { FaultPlan } from './fault-plan';
import { FaultPlace } from '../runtime/faults/fault';
import { Faults } from '../runtime/faults/faults';

/** Which calls are hit, besides the operation. */
export type CallPlace = Pick<FaultPlace, 'caller' | 'resource'>;

/** The faults of a workflow: which calls are hit, how often, and how. */
export class WorkflowFaults {
  constructor(private readonly faults: Faults, private readonly stateNames: ReadonlySet<string>) {}

  /** The call of a Task state; not the calls that its function makes. */
  public state(name: string): FaultPlan {
    if (!this.stateNames.has(name)) {
      throw new Error(`the workflow has no state '${name}'; it has ${[...this.stateNames].join(', ')}`);
    }
    return new FaultPlan(this.faults, { state: name });
  }

  /** A call to a service by any state or function: `dynamodb:TransactWriteItems`, `sns:Publish`, or `ses` for all calls to it. */
  public call(serviceAndOperation: string, place: CallPlace = {}): FaultPlan {
    const [service, operation] = serviceAndOperation.split(':');
    return new FaultPlan(this.faults, { service, ...(operation && { operation }), ...place });
  }

  /** Removes all faults. */
  public clear(): void {
    this.faults.clear();
  }
}
