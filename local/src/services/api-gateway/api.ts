import { JsonObject } from '../../json';

/** An HTTP or WebSocket API as its resources describe it. */
export interface Api {
  readonly id: string;
  readonly name: string;
  readonly protocol: 'HTTP' | 'WEBSOCKET';
  /** `$request.body.action`: which member of a message names its route. */
  readonly routeSelection: string;
  readonly cors?: JsonObject;
  readonly account: string;
  readonly region: string;
  readonly routes: Route[];
  readonly integrations: Map<string, Integration>;
  readonly authorizers: Map<string, Authorizer>;
  readonly stages: Map<string, Stage>;
}

export interface Route {
  readonly key: string;
  readonly integrationId: string;
  readonly authorization: 'NONE' | 'CUSTOM' | 'JWT' | 'AWS_IAM';
  readonly authorizerId?: string;
  readonly scopes: readonly string[];
  /** WebSocket: what the function returns is sent back. */
  readonly answers: boolean;
}

export interface Integration {
  readonly functionArn: string;
  /** With which the function is invoked, if not in the name of API Gateway. */
  readonly role?: string;
  readonly timeoutMs: number;
}

export interface Stage {
  readonly name: string;
  readonly variables?: JsonObject;
}

export interface Authorizer {
  readonly id: string;
  readonly type: 'REQUEST' | 'JWT';
  readonly functionArn?: string;
  readonly role?: string;
  readonly identitySources: readonly string[];
  readonly payloadVersion: string;
  readonly jwt?: { readonly issuer: string; readonly audience: readonly string[] };
}

/** API Gateway names functions by their ARN, or by a path with their ARN in it. */
export function functionArnIn(uri: string): string | undefined {
  return /(arn:[^:]+:lambda:[^/]+)/.exec(uri.replace(/^arn:[^:]+:apigateway:[^/]+\//, ''))?.[1];
}
