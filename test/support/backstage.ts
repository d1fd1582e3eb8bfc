import { readLogs } from './logs';
import { DeskSettings, OrderDesk, stopTheClock } from './order-desk';
import { Started, startOnce } from './started';

/** What stands behind the intakes while the tests of a file run. */
export interface Backstage extends Started {
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
  const started = startOnce();
  let logs: string[];
  beforeEach(() => {
    if (!clockRuns) stopTheClock();
    logs = readLogs(...levels);
  });
  afterEach(() => {
    jest.useRealTimers();
    jest.restoreAllMocks();
  });
  return {
    get engine() { return started.engine; },
    get services() { return started.services; },
    get stepFunctions() { return started.stepFunctions; },
    get logs() { return logs; },
    open: async settings => OrderDesk.open(started.engine, started.services, started.stepFunctions, settings),
  };
}
