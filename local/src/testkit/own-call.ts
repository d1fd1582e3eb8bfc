import { JsonObject } from '../json';
import { ServiceCalls } from '../services/service-calls';

/** A call of the test kit's own. No fault hits it: a test spoils the workflow, not its view of it. */
export async function ownCall(calls: ServiceCalls, service: string, operation: string, input: JsonObject): Promise<JsonObject> {
  const perform = calls.find(service)!.operations[operation];
  return await perform(input, { service, operation, input, caller: { kind: 'outside', name: 'test kit' } }) as JsonObject;
}
