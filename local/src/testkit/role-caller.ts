import { authorizationOf, Credentials } from '../services/endpoint/credentials';

/** A caller from outside in the name of a role. */
export interface RoleCaller {
  readonly roleArn: string;
  /** The configuration with which a client of the AWS SDK calls the cloud. */
  readonly clientConfig: { readonly endpoint: string; readonly region: string; readonly credentials: Credentials; readonly disableHostPrefix: true };
  /** The headers of a request to an HTTP or WebSocket API with IAM authorization. */
  readonly headers: { readonly authorization: string };
}

export function roleCaller(roleArn: string, clientConfig: RoleCaller['clientConfig']): RoleCaller {
  return { roleArn, clientConfig, headers: { authorization: authorizationOf(clientConfig.credentials, 'execute-api') } };
}
