import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { Context, DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { EventBus } from './event-bus';
import { feedOfEnvironment } from './feed';
import { Publisher, publish } from './publish';
import { Database } from '../dynamodb/database';
import { documentClient } from '../dynamodb/documents';
import { setting } from '../environment';
import { REQUEST_TIMEOUTS } from '../request-timeouts';
import { realTiming } from '../timing';

const publisher: Publisher = {
  bus: new EventBus(new EventBridgeClient({ maxAttempts: 1, requestHandler: REQUEST_TIMEOUTS }), setting('BUS_NAME'), setting('WORKFLOW')),
  feed: process.env.CONNECTIONS_TABLE ? feedOfEnvironment(new Database(documentClient(), realTiming)) : undefined,
  timing: realTiming,
};

export const handler = async ({ Records }: DynamoDBStreamEvent, context: Context): Promise<DynamoDBBatchResponse> =>
  publish(publisher, Records, Date.now() + context.getRemainingTimeInMillis());
