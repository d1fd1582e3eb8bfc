import { Database } from '../dynamodb/database';
import { documentClient } from '../dynamodb/documents';
import { setting, share } from '../environment';
import { logged } from '../log';
import { parseChargeRequest } from '../order/step-event';
import { Approval, ChargeAnswer, charge } from '../payment/charge';
import { Ledger } from '../payment/ledger';
import { realTiming } from '../timing';

const ledger = new Ledger(new Database(documentClient(), realTiming), setting('LEDGER_TABLE'));
const approval: Approval = { rate: share('APPROVAL_RATE', 1), seed: process.env.SEED ?? '' };

const WORDS = { done: 'a charge was answered', failed: 'a charge failed' };

export const handler = async (event: unknown): Promise<ChargeAnswer> => {
  const request = parseChargeRequest(event);
  return logged(WORDS, { orderId: request.orderId }, async () => charge(ledger, approval, request), ({ status }) => ({ status }));
};
