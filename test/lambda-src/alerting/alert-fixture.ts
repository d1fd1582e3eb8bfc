import { DeliveryFixture } from './delivery-fixture';
import { Receiver } from './receiver';
import { AwsServices } from '../../support/aws-services';
import { Engine, startEngine } from '../../support/dynoxide';
import { readLogs } from '../../support/logs';

/** What the alert functions call, for the tests of a file. */
export interface AlertFixture {
  readonly engine: Engine;
  readonly services: AwsServices;
  readonly receiver: Receiver;
  /** Has a new table of sent alerts for each test. */
  readonly delivery: DeliveryFixture;
  /** All lines that were logged since the test began. */
  readonly logs: string[];
}

/** Starts a database, the services and a receiver once for all tests of the file. */
export function alertFixture(): AlertFixture {
  let [engine, services, receiver] = [] as unknown as [Engine, AwsServices, Receiver];
  let delivery: DeliveryFixture;
  let logs: string[];
  const environment = { ...process.env };
  beforeAll(async () => { [engine, services, receiver] = await Promise.all([startEngine(), AwsServices.start(), Receiver.open()]); });
  afterAll(async () => Promise.all([engine.stop(), services.stop(), receiver.close()]));
  beforeEach(async () => {
    delivery = await DeliveryFixture.open(engine, services, receiver);
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
    get delivery() { return delivery; },
    get logs() { return logs; },
  };
}
