import { DynamoDBClient, DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { REQUEST_TIMEOUTS } from '../request-timeouts';

/** A client that reads and writes plain objects; what is undefined is left out. */
export function documentClient(config: DynamoDBClientConfig = {}): DynamoDBDocumentClient {
  return DynamoDBDocumentClient.from(
    new DynamoDBClient({ requestHandler: REQUEST_TIMEOUTS, ...config }),
    { marshallOptions: { removeUndefinedValues: true } },
  );
}
