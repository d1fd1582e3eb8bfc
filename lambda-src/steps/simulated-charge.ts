import { realPace } from '../dynamodb/contention';
import { Database } from '../dynamodb/database';
import { documentClient } from '../dynamodb/documents';
import { setting, share } from '../environment';
import { parseChargeRequest } from '../order/step-event';
import { Approval, ChargeAnswer, charge } from '../payment/charge';
import { Ledger } from '../payment/ledger';

const ledger = new Ledger(new Database(documentClient(), realPace), setting('LEDGER_TABLE'));
const approval: Approval = { rate: share('APPROVAL_RATE', 1), seed: process.env.SEED ?? '' };

export const handler = async (event: unknown): Promise<ChargeAnswer> => charge(ledger, approval, parseChargeRequest(event));
