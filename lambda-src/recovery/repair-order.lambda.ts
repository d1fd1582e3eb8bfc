import { SFNClient } from '@aws-sdk/client-sfn';
import { Executions } from './executions';
import { machinesOfEnvironment } from './longest-times';
import { recoveryMachineAt } from './recovery-machine';
import { Repaired, Repairs, repairOrder } from './repair';
import { parseRepair } from './repair-event';
import { Database } from '../dynamodb/database';
import { documentClient } from '../dynamodb/documents';
import { setting } from '../environment';
import { logged } from '../log';
import { Orders } from '../order/orders';
import { REQUEST_TIMEOUTS } from '../request-timeouts';
import { realTiming } from '../timing';

const workflows = new SFNClient({ requestHandler: REQUEST_TIMEOUTS });
const repairs: Repairs = {
  orders: new Orders(new Database(documentClient(), realTiming), setting('ORDERS_TABLE')),
  executions: new Executions(workflows, Date.now, machinesOfEnvironment()),
  workflows,
  recoveries: recoveryMachineAt(setting('RECOVERY_MACHINE_ARN'), workflows),
};

const WORDS = { done: 'an order is repaired', failed: 'an order was not repaired' };

export const handler = async (event: unknown): Promise<Repaired> => {
  const repair = parseRepair(event);
  const { orderId, action } = repair;
  return logged(WORDS, { orderId, action }, async () => repairOrder(repairs, repair), ({ version, by }) => ({ version, by }));
};
