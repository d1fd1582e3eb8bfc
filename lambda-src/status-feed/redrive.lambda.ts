import type { Context } from 'aws-lambda';
import { feedOfEnvironment } from './feed';
import { Redrive, Redriven, parseRedriveRequest, redriveUndelivered } from './redrive-undelivered';
import { Database } from '../dynamodb/database';
import { documentClient } from '../dynamodb/documents';
import { setting } from '../environment';
import { Orders } from '../order/orders';
import { realTiming } from '../timing';

const database = new Database(documentClient(), realTiming);
const redrive: Redrive = {
  feed: feedOfEnvironment(database),
  orders: new Orders(database, setting('ORDERS_TABLE')),
  timing: realTiming,
};

export const handler = async (event: unknown, context: Context): Promise<Redriven> =>
  redriveUndelivered(redrive, parseRedriveRequest(event), Date.now() + context.getRemainingTimeInMillis());
