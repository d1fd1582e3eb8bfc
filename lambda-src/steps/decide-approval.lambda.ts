import { SFNClient } from '@aws-sdk/client-sfn';
import { Approvals, decideApproval } from '../approval/decide';
import { Database } from '../dynamodb/database';
import { documentClient } from '../dynamodb/documents';
import { setting } from '../environment';
import { logged } from '../log';
import { Orders } from '../order/orders';
import { parseDecision } from '../order/step-event';
import { realTiming } from '../timing';

const approvals: Approvals = {
  orders: new Orders(new Database(documentClient(), realTiming), setting('ORDERS_TABLE')),
  workflows: new SFNClient({}),
  now: () => new Date(),
};

const WORDS = { done: 'an order was decided', failed: 'an order was not decided' };

export const handler = async (event: unknown): Promise<{ orderId: string; status: string }> => {
  const decision = parseDecision(event);
  return logged(WORDS, { orderId: decision.orderId }, async () => decideApproval(approvals, decision), ({ status }) => ({ status }));
};
