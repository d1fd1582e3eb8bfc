import { failedItems, MappingSettings } from './mapping-settings';
import { JsonObject } from '../../../json';
import { ServiceContext } from '../../service-context';

/** How a batch went: which of its items failed, and what the function said if it failed altogether. */
export interface BatchResult {
  readonly failed: readonly string[];
  readonly functionError?: string;
}

/** Gives a batch to the mapping's function. */
export async function invokeWithBatch(
  settings: MappingSettings, context: ServiceContext, records: readonly JsonObject[], ids: readonly string[],
): Promise<BatchResult> {
  try {
    const { FunctionError, Payload } = await context.calls.perform({
      service: 'lambda',
      operation: 'Invoke',
      input: { FunctionName: settings.functionName, Payload: JSON.stringify({ Records: records }) },
      caller: { kind: 'service', name: settings.sourceArn },
    });
    if (FunctionError !== undefined) {
      return { failed: ids, functionError: String(Payload) };
    }
    const failed = settings.reportsItemFailures ? failedItems(String(Payload), ids) : [];
    return failed ? { failed } : { failed: ids, functionError: `the answer is no list of failed items: ${String(Payload)}` };
  } catch (error) {
    return { failed: ids, functionError: (error as Error).message };
  }
}
