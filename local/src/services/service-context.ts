import { CallerRoles } from './access/caller-roles';
import { CreationChecks } from './access/creation-checks';
import { PolicyBook } from './access/policy-book';
import { AccountSettings } from './account-settings';
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
  /** The policies of the templates, and what uses which role and key. */
  readonly policies: PolicyBook;
  /** With which roles calls are made. */
  readonly callers: CallerRoles;
  /** What roles must be allowed before something is created with them. */
  readonly creation: CreationChecks;
  readonly account: string;
  readonly accountSettings: AccountSettings;
  readonly region: string;
  /** Where all services are reached. */
  readonly endpointUrl: string;
  /** Writes a log line: of a function, or of a service itself. */
  readonly log: (source: string, line: string) => void;
  /** Says what the developer should know, once. */
  readonly warn: (message: string) => void;
}
