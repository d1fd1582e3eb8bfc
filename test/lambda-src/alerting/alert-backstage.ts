import { AlertDesk } from './alert-desk';
import { Receiver } from './receiver';
import { AwsServices } from '../../support/aws-services';
import { Engine, startEngine } from '../../support/dynoxide';
import { readLogs } from '../../support/logs';

/** What stands behind the functions that tell of alerts while the tests of a file run. */
export interface AlertBackstage {
  readonly engine: Engine;
  readonly services: AwsServices;
  readonly receiver: Receiver;
  /** A table of what was told, new for each test. */
  readonly desk: AlertDesk;
  /** All that was logged since the test began. */
  readonly logs: string[];
}

/** Starts a database, the services and a receiver once for all tests of the file. */
export function alertBackstage(): AlertBackstage {
  let [engine, services, receiver] = [] as unknown as [Engine, AwsServices, Receiver];
  let desk: AlertDesk;
  let logs: string[];
  const environment = { ...process.env };
  beforeAll(async () => { [engine, services, receiver] = await Promise.all([startEngine(), AwsServices.start(), Receiver.open()]); });
  afterAll(async () => Promise.all([engine.stop(), services.stop(), receiver.close()]));
  beforeEach(async () => {
    desk = await AlertDesk.open(engine, services, receiver);
    logs = readLogs('INFO', 'ERROR');
  });
  afterEach(() => {
    process.env = { ...environment };
    jest.restoreAllMocks();
  });
  return {
    get engine() { return engine; },
    get services() { return services; },
    get receiver() { return receiver; },
    get desk() { return desk; },
    get logs() { return logs; },
  };
}
