import { IntakeSettings, IntakeFixture, stopTheClock } from './intake-fixture';
import { readLogs } from './logs';
import { Started, startOnce } from './started';

/** The database, services and intakes of the tests of a file. */
export interface StartedIntakes extends Started {
  /** The log lines since the test began. */
  readonly logs: string[];
  /** Creates intakes on new tables. */
  open(settings?: IntakeSettings): Promise<IntakeFixture>;
}

export interface StartSettings {
  /** Whether the clock runs. */
  readonly clockRuns?: boolean;
  /** The levels of the log lines that are recorded. */
  readonly levels?: Array<'INFO' | 'ERROR'>;
}

/** Starts a database and the services once for all tests of the file, and stops the clock for each. */
export function startIntakes({ clockRuns = false, levels = ['ERROR'] }: StartSettings = {}): StartedIntakes {
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
    open: async settings => IntakeFixture.open(started.engine, started.services, started.stepFunctions, settings),
  };
}
