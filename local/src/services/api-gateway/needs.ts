import { JsonObject } from '../../json';
import { need, NeedsOf, NeedTable } from '../access/need';

/**
 * What calls to the connections of a WebSocket API need.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-control-access-iam.html
 * @param placeOf `arn:aws:execute-api:<region>:<account>:<api>/<stage>` of the connection that an input names
 */
export function connectionNeeds(placeOf: (input: JsonObject) => string): NeedTable {
  const connection = (method: string): NeedsOf => (input) =>
    [need('execute-api:ManageConnections', `${placeOf(input)}/${method}/@connections/${String(input.ConnectionId)}`)];
  return { PostToConnection: connection('POST'), GetConnection: connection('GET'), DeleteConnection: connection('DELETE') };
}
