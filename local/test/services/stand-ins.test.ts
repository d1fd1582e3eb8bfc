import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Duration, Stack } from 'aws-cdk-lib';
import { CfnFunction, Code, Function, LayerVersion, Runtime } from 'aws-cdk-lib/aws-lambda';
import { inlineFunction, openCloud, TestCloud } from './cloud-fixture';
import { LocalCloudOptions } from '../../src';
import { JsonObject } from '../../src/json';

const folder = mkdtempSync(join(tmpdir(), 'stand-ins-'));
let running: TestCloud | undefined;
let warnings: string[];

beforeEach(() => {
  warnings = [];
});

afterEach(async () => {
  await running?.cloud.close();
  running = undefined;
});

afterAll(() => rmSync(folder, { recursive: true }));

function pythonFunction(stack: Stack): Function {
  return new Function(stack, 'Fraud', {
    functionName: 'fraud', runtime: Runtime.PYTHON_3_13, handler: 'index.handler', code: Code.fromInline('def handler(event, context): pass'), timeout: Duration.seconds(1),
  });
}

async function invokeIn(describe: (stack: Stack) => void, options: LocalCloudOptions = {}): Promise<JsonObject> {
  running = await openCloud(describe, { onWarning: (message) => warnings.push(message), ...options });
  return invokeAgain();
}

async function invokeAgain(): Promise<JsonObject> {
  const caller = { kind: 'outside', name: 'test' } as const;
  const input = { FunctionName: 'fraud', Payload: '{"orderId":"order-1"}' };
  const { FunctionError, Payload } = await running!.cloud.calls.perform({ service: 'lambda', operation: 'Invoke', input, caller });
  return { ...(FunctionError !== undefined && { FunctionError }), answer: JSON.parse(String(Payload)) as JsonObject };
}

describe('a function whose code does not run here', () => {
  it.each<[string, (stack: Stack) => void, RegExp]>([
    ['of another runtime', pythonFunction, /^the function Test\/Fraud runs on python3\.13, and only Node\.js functions run here: /],
    [
      'in a container image',
      (stack) => {
        const fraud = pythonFunction(stack).node.defaultChild as CfnFunction;
        fraud.packageType = 'Image';
        fraud.code = { imageUri: 'x.dkr.ecr.us-east-1.amazonaws.com/fraud:1' };
        fraud.runtime = fraud.handler = undefined;
      },
      /^the function Test\/Fraud runs on a container image, /,
    ],
    [
      'with layers',
      (stack) => {
        const layers = [new LayerVersion(stack, 'Layer', { code: Code.fromAsset(folder) })];
        inlineFunction(stack, 'Fraud', 'async () => 1', { functionName: 'fraud', layers });
      },
      /^the function Test\/Fraud has layers, which are not here: /,
    ],
  ])('%s is created, and fails when it is invoked', async (_, describe, message) => {
    const { FunctionError, answer } = await invokeIn(describe);
    expect(FunctionError).toBe('Unhandled');
    expect(answer).toEqual({ errorType: 'Runtime.NotSupported', errorMessage: expect.stringMatching(message) as string });
  });

  it('is reported once, with how to stand in for it', async () => {
    await invokeIn(pythonFunction);
    await invokeAgain();
    expect(warnings).toEqual([expect.stringMatching(
      /give what stands in for it, in a test as { functions: { 'Test\/Fraud': \(event\) => … } }, to the command as --function Test\/Fraud=stub\.mjs$/,
    )]);
  });
});

describe('a function of the test', () => {
  it.each(['Fraud', 'Test/Fraud'])('runs instead of the function %s', async (name) => {
    const { answer } = await invokeIn(pythonFunction, {
      functions: { [name]: ({ orderId }: { orderId: string }, { functionName }) => ({ orderId, functionName }) },
    });
    expect(answer).toEqual({ orderId: 'order-1', functionName: 'fraud' });
    expect(warnings).toEqual([]);
  });

  it('fails as a function fails', async () => {
    const { FunctionError, answer } = await invokeIn(pythonFunction, { functions: { Fraud: () => { throw new RangeError('no score'); } } });
    expect(FunctionError).toBe('Unhandled');
    expect(answer).toMatchObject({ errorType: 'RangeError', errorMessage: 'no score' });
  });

  it('times out as a function does', async () => {
    const { answer } = await invokeIn(pythonFunction, { functions: { Fraud: () => new Promise(() => undefined) } });
    expect(answer).toMatchObject({ errorType: 'Sandbox.Timedout', errorMessage: expect.stringContaining('Task timed out after 1.00 seconds') as string });
  });
});

describe('the handler of a file', () => {
  it.each([
    ['stub.mjs', 'export const handler = async ({ orderId }) => ({ orderId, name: process.env.AWS_LAMBDA_FUNCTION_NAME });'],
    ['stub.js', 'exports.handler = async ({ orderId }) => ({ orderId, name: process.env.AWS_LAMBDA_FUNCTION_NAME });'],
  ])('runs instead of the function, from %s', async (name, code) => {
    const file = join(folder, name);
    writeFileSync(file, code);
    const { answer } = await invokeIn(pythonFunction, { functions: { Fraud: file } });
    expect(answer).toEqual({ orderId: 'order-1', name: 'fraud' });
  });

  it.each<[string, RegExp]>([
    ['none.mjs', /^there is no file none\.mjs to stand in for the function Test\/Fraud$/],
    [__filename, /stand-ins\.test\.ts cannot stand in for the function Test\/Fraud: give a file with the extension \.js, \.cjs, \.mjs$/],
  ])('is refused where it cannot be: %s', async (file, message) => {
    await expect(invokeIn(pythonFunction, { functions: { Fraud: file } })).rejects.toThrow(message);
  });
});

describe('a name', () => {
  it('that fits no function is refused', async () => {
    await expect(invokeIn(pythonFunction, { functions: { Fruad: () => 1 } })).rejects.toThrow('there is no function Fruad to stand in for; there are Test/Fraud');
  });

  it('that fits several functions is refused', async () => {
    await expect(invokeIn((stack) => {
      pythonFunction(stack);
      const other = new Stack(stack, 'Other');
      inlineFunction(other, 'Fraud', 'async () => 1', { functionName: 'other' });
      stack.addDependency(other);
    }, { functions: { Fraud: () => 1 } })).rejects.toThrow('what stands in for the function Fraud fits several: Test/Other/Fraud, Test/Fraud; give more of the path');
  });
});
