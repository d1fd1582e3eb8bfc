import { resourceNamed, ResourceName } from './named-resource';
import { callFromOutside } from './own-call';
import { Json } from '../json';
import { RunningCloud } from '../runtime/running-cloud';

/** Invokes a function and waits for what it returns; throws what it throws. */
export async function invoke({ stacks, calls }: Pick<RunningCloud, 'stacks' | 'calls'>, name: ResourceName, event: object): Promise<Json> {
  const { ref } = resourceNamed(stacks, name, ['AWS::Lambda::Function'], 'function');
  const { FunctionError, Payload } = await callFromOutside(calls, 'lambda', 'Invoke', { FunctionName: ref, Payload: JSON.stringify(event) });
  const answer = JSON.parse(String(Payload)) as Json;
  if (FunctionError !== undefined) {
    const { errorType, errorMessage } = answer as { errorType?: string; errorMessage?: string };
    throw Object.assign(new Error(errorMessage), { name: errorType });
  }
  return answer;
}
