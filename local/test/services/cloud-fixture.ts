import { App, Duration, Stack } from 'aws-cdk-lib';
import { Code, Function, FunctionProps, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Json, JsonObject } from '../../src/json';
import { LocalCloud, LocalCloudOptions } from '../../src/local-cloud';
import { VirtualClock } from '../../src/virtual-clock';

export interface TestCloud {
  readonly cloud: LocalCloud;
  readonly clock: VirtualClock;
  /** The payload of each event that a function got, in order. */
  received(functionName: string): JsonObject[];
}

/** A running cloud with one stack, which the test describes. */
export async function openCloud(describe: (stack: Stack) => void, options: LocalCloudOptions = {}): Promise<TestCloud> {
  const stack = new Stack(new App(), 'Test');
  describe(stack);
  const clock = new VirtualClock();
  const cloud = await LocalCloud.fromStack(stack, { clock, ...options });
  const payloads: Array<{ name: string; payload: JsonObject }> = [];
  cloud.calls.observe(({ service, input }) => {
    if (service === 'lambda' && input.InvocationType !== 'Event') {
      payloads.push({ name: String(input.FunctionName), payload: JSON.parse(String(input.Payload)) as JsonObject });
    }
  });
  return {
    cloud,
    clock,
    received: (functionName) => payloads.filter(({ name }) => name.endsWith(functionName)).map(({ payload }) => payload),
  };
}

/** A function made of the text of its handler, `async (event, context) => ...`. */
export function inlineFunction(stack: Stack, name: string, handler: string, props: Partial<FunctionProps> = {}): Function {
  return new Function(stack, name, {
    functionName: name,
    runtime: Runtime.NODEJS_22_X,
    handler: 'index.handler',
    timeout: Duration.seconds(10),
    ...props,
    code: Code.fromInline(`exports.handler = ${handler};`),
  });
}

/** The body of an answer that is JSON. */
export function parsed(text: string | Uint8Array | undefined): Json {
  return JSON.parse(typeof text === 'string' ? text : Buffer.from(text!).toString()) as Json;
}
