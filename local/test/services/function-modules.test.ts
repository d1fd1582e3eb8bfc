import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LocalCloud } from '../../src';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'module-app-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

/** What a function of these files returns, in an app whose package.json says that its files are ES modules. */
async function answerOf(files: Record<string, string>): Promise<unknown> {
  const asset = join(folder, 'src');
  mkdirSync(asset);
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  Object.entries(files).forEach(([name, text]) => writeFileSync(join(asset, name), text));
  const stack = new Stack(new App({ outdir: join(folder, 'cdk.out') }), 'Test');
  new Function(stack, 'Run', { functionName: 'run', runtime: Runtime.NODEJS_22_X, handler: 'index.handler', code: Code.fromAsset(asset) });
  const cloud = await LocalCloud.fromStack(stack);
  const caller = { kind: 'outside', name: 'test' } as const;
  const { Payload } = await cloud.calls.perform({ service: 'lambda', operation: 'Invoke', input: { FunctionName: 'run', Payload: '{}' }, caller });
  await cloud.close();
  return JSON.parse(String(Payload));
}

test.each<[string, Record<string, string>]>([
  ['a CommonJS file', { 'index.js': "exports.handler = async () => 'ran';" }],
  ['CommonJS files', { 'index.js': "exports.handler = async () => require('./other').text;", 'other.js': "exports.text = 'ran';" }],
  ['a file of ES modules by its name', { 'index.mjs': "export const handler = async () => 'ran';" }],
  ['a file of ES modules by the package.json beside it', { 'index.js': "export const handler = async () => 'ran';", 'package.json': '{ "type": "module" }' }],
])('a function of %s runs in an app of ES modules, as its asset stands alone in Lambda', async (_, files) => {
  expect(await answerOf(files)).toBe('ran');
});
