import { JsonObject } from '../json';
import { Caller } from '../services/service';
import { ServiceCalls } from '../services/service-calls';

const TEST_KIT: Caller = { kind: 'outside', name: 'test kit' };

/** A call by the test kit itself, which no fault hits, and which needs no permission. */
export async function ownCall(calls: ServiceCalls, service: string, operation: string, input: JsonObject): Promise<JsonObject> {
  const perform = calls.find(service)!.operations[operation];
  return await perform(input, { service, operation, input, caller: TEST_KIT }) as JsonObject;
}

/** A call that the test kit makes as the caller from outside: no fault hits it, and the policies decide it. */
export async function callFromOutside(calls: ServiceCalls, service: string, operation: string, input: JsonObject): Promise<JsonObject> {
  calls.check({ service, operation, input, caller: TEST_KIT });
  return ownCall(calls, service, operation, input);
}
