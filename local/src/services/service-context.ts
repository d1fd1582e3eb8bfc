import { ServiceCalls } from './service-calls';
import { BackgroundWork } from '../background-work';
import { Clock } from '../clock';
import { Random } from '../random';

/** What every service works with. */
export interface ServiceContext {
  readonly clock: Clock;
  readonly random: Random;
  readonly calls: ServiceCalls;
  /** What the services do without a caller that awaits it. */
  readonly background: BackgroundWork;
  readonly account: string;
  readonly region: string;
  /** Where all services are reached. */
  readonly endpointUrl: string;
  /** Writes a log line: of a function, or of a service itself. */
  readonly log: (source: string, line: string) => void;
}
