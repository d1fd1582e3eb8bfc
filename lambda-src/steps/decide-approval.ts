import { SFNClient } from '@aws-sdk/client-sfn';
import { Approvals, decideApproval } from '../approval/decide';
import { realPace } from '../dynamodb/contention';
import { Database } from '../dynamodb/database';
import { documentClient } from '../dynamodb/documents';
import { setting } from '../environment';
import { Orders } from '../order/orders';
import { parseDecision } from '../order/step-event';

const approvals: Approvals = {
  orders: new Orders(new Database(documentClient(), realPace), setting('ORDERS_TABLE')),
  workflows: new SFNClient({}),
  now: () => new Date(),
};

export const handler = async (event: unknown): Promise<{ orderId: string; status: string }> =>
  decideApproval(approvals, parseDecision(event));
