import { JsonObject } from '../../json';
import { need, NeedsOf, NeedTable } from '../access/need';

/**
 * What a request to an API with IAM authorization needs, and what calls to the connections of a WebSocket API do.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-control-access-iam.html
 * @param placeOf `arn:aws:execute-api:<region>:<account>:<api>/<stage>` of the connection that an input names
 */
export function connectionNeeds(placeOf: (input: JsonObject) => string): NeedTable {
  const connection = (method: string): NeedsOf => (input) =>
    [need('execute-api:ManageConnections', `${placeOf(input)}/${method}/@connections/${String(input.ConnectionId)}`)];
  return {
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-access-control-iam.html
    Invoke: ({ ResourceArn }) => [need('execute-api:Invoke', String(ResourceArn))],
    PostToConnection: connection('POST'),
    GetConnection: connection('GET'),
    DeleteConnection: connection('DELETE'),
  };
}
