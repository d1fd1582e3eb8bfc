import { Api, Integration } from './api';
import { CancelTimer } from '../../clock';
import { JsonObject } from '../../json';
import { Caller } from '../service';
import { ServiceContext } from '../service-context';

/** What a function behind an API returned, or why it did not. */
export type Invoked = { readonly payload: string } | { readonly failed: 'error' | 'timeout' | 'unavailable' };

/** Gives an event to the function behind a route, for as long as the integration waits. */
export async function invoke(
  api: Api, integration: Integration, event: JsonObject, sourcePath: string, { calls, clock }: ServiceContext,
): Promise<Invoked> {
  const invoked = calls.perform({
    service: 'lambda',
    operation: 'Invoke',
    input: { FunctionName: integration.functionArn, Payload: JSON.stringify(event) },
    caller: callerOf(api, sourcePath, integration.role),
  }).then(
    ({ FunctionError, Payload }): Invoked => (FunctionError === undefined ? { payload: String(Payload) } : { failed: 'error' }),
    (): Invoked => ({ failed: 'unavailable' }),
  );
  let cancel: CancelTimer = () => undefined;
  const timeout = new Promise<Invoked>((resolve) => {
    cancel = clock.after(integration.timeoutMs, () => resolve({ failed: 'timeout' }));
  });
  return Promise.race([invoked, timeout]).finally(cancel);
}

/** API Gateway calls with the role that it is given, else in its own name, for a route or an authorizer: `<stage>/<method>/<path>`, `authorizers/<id>`. */
export function callerOf({ name, region, account, id }: Api, sourcePath: string, role?: string): Caller {
  const sourceArn = `arn:aws:execute-api:${region}:${account}:${id}/${sourcePath}`;
  return { kind: 'service', name: `execute-api:${name}`, as: role === undefined ? { service: 'apigateway.amazonaws.com', sourceArn } : { role } };
}
