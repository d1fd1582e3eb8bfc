import { JsonObject } from '../json';
import { ServiceCalls } from '../services/service-calls';

/** A call by the test kit itself, which no fault hits. */
export async function ownCall(calls: ServiceCalls, service: string, operation: string, input: JsonObject): Promise<JsonObject> {
  const perform = calls.find(service)!.operations[operation];
  return await perform(input, { service, operation, input, caller: { kind: 'outside', name: 'test kit' } }) as JsonObject;
}
