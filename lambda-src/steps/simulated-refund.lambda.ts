import { Database } from '../dynamodb/database';
import { documentClient } from '../dynamodb/documents';
import { setting } from '../environment';
import { logged } from '../log';
import { parseRefundRequest } from '../order/step-event';
import { Ledger } from '../payment/ledger';
import { RefundAnswer, refund } from '../payment/refund';
import { realTiming } from '../timing';

const ledger = new Ledger(new Database(documentClient(), realTiming), setting('LEDGER_TABLE'));

const WORDS = { done: 'a refund was answered', failed: 'a refund failed' };

export const handler = async (event: unknown): Promise<RefundAnswer> => {
  const request = parseRefundRequest(event);
  return logged(WORDS, { orderId: request.orderId }, async () => refund(ledger, request), ({ status }) => ({ status }));
};
