import { realPace } from '../dynamodb/contention';
import { Database } from '../dynamodb/database';
import { documentClient } from '../dynamodb/documents';
import { setting } from '../environment';
import { parseRefundRequest } from '../order/step-event';
import { Ledger } from '../payment/ledger';
import { RefundAnswer, refund } from '../payment/refund';

const ledger = new Ledger(new Database(documentClient(), realPace), setting('LEDGER_TABLE'));

export const handler = async (event: unknown): Promise<RefundAnswer> => refund(ledger, parseRefundRequest(event));
