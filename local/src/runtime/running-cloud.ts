import { DeployedStack } from './deployment';
import { Clock } from '../clock';
import { Faults } from './faults/faults';
import { Outbox } from '../services/outbox';
import { ServiceCalls } from '../services/service-calls';
import { Executions } from '../services/states/executions';

/** The parts of a local cloud that the test kit works with. */
export interface RunningCloud {
  readonly clock: Clock;
  readonly calls: ServiceCalls;
  /** The faults that are injected. */
  readonly faults: Faults;
  /** The mails that were sent, and the messages to subscribers that are neither a queue nor a function. */
  readonly outbox: Outbox;
  readonly stacks: readonly DeployedStack[];
  /** All executions of all state machines. */
  readonly executions: Executions;
}
