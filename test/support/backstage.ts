import { AwsServices } from './aws-services';
import { Engine, startEngine } from './dynoxide';
import { readLogs } from './logs';
import { DeskSettings, OrderDesk, stopTheClock } from './order-desk';
import { StepFunctions } from './step-functions';

/** What stands behind the intakes while the tests of a file run. */
export interface Backstage {
  readonly engine: Engine;
  readonly services: AwsServices;
  readonly stepFunctions: StepFunctions;
  /** What was logged since the test began. */
  readonly logs: string[];
  /** Intakes on new tables. */
  open(settings?: DeskSettings): Promise<OrderDesk>;
}

export interface BackstageSettings {
  /** Whether the time of day goes on. */
  readonly clockRuns?: boolean;
  /** What is read of the logs. */
  readonly levels?: Array<'INFO' | 'ERROR'>;
}

/** Starts a database and the services once for all tests of the file, and stops the clock for each. */
export function backstage({ clockRuns = false, levels = ['ERROR'] }: BackstageSettings = {}): Backstage {
  let [engine, services, stepFunctions] = [] as unknown as [Engine, AwsServices, StepFunctions];
  let logs: string[];
  beforeAll(async () => { [engine, services, stepFunctions] = await Promise.all([startEngine(), AwsServices.start(), StepFunctions.start()]); });
  afterAll(async () => Promise.all([engine.stop(), services.stop(), stepFunctions.stop()]));
  beforeEach(() => {
    if (!clockRuns) stopTheClock();
    logs = readLogs(...levels);
  });
  afterEach(() => {
    jest.useRealTimers();
    jest.restoreAllMocks();
  });
  return {
    get engine() { return engine; },
    get services() { return services; },
    get stepFunctions() { return stepFunctions; },
    get logs() { return logs; },
    open: async settings => OrderDesk.open(engine, services, stepFunctions, settings),
  };
}
