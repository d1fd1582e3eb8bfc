import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, CfnOutput, Stack, Stage } from 'aws-cdk-lib';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { readCloudAssembly, synthesizeStack } from '../../src/assembly';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'assembly-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

test('stacks come after those they depend on, with their account and region', () => {
  const app = new App({ outdir: folder });
  const consumer = new Stack(app, 'Consumer', { env: { region: 'eu-west-1' } });
  const provider = new Stack(app, 'Provider', { env: { region: 'eu-west-1' } });
  new CfnOutput(consumer, 'Topic', { value: new Topic(provider, 'Topic').topicArn });
  app.synth();
  expect(readCloudAssembly(folder).map(({ name, account, region }) => ({ name, account, region }))).toEqual([
    { name: 'Provider', account: '000000000000', region: 'eu-west-1' },
    { name: 'Consumer', account: '000000000000', region: 'eu-west-1' },
  ]);
});

test('stacks of a nested stage are found', () => {
  const app = new App({ outdir: folder });
  new Topic(new Stack(new Stage(app, 'Prod'), 'Orders'), 'Topic');
  app.synth();
  expect(readCloudAssembly(folder).map(({ name }) => name)).toEqual(['Prod-Orders']);
});

test('an asset is found by the key that the template gives it', () => {
  const stack = new Stack(new App(), 'Orders');
  writeFileSync(join(folder, 'index.js'), 'exports.handler = async () => {};');
  new Function(stack, 'Handler', { runtime: Runtime.NODEJS_22_X, handler: 'index.handler', code: Code.fromAsset(folder) });
  const [{ template, assets }] = synthesizeStack(stack);
  const { Properties } = Object.values(template.Resources!).find(({ Type }) => Type === 'AWS::Lambda::Function')!;
  expect(assets.get((Properties!.Code as { S3Key: string }).S3Key)).toMatch(/asset\.[0-9a-f]+$/);
});

test('of an app only the wanted stack and those it depends on are run', () => {
  const app = new App({ outdir: folder });
  const [wanted, needed, used] = [new Stack(app, 'Wanted'), new Stack(app, 'Needed'), new Stack(app, 'Used')];
  new Topic(new Stack(app, 'Other'), 'Topic');
  wanted.addDependency(needed);
  new Topic(needed, 'Topic');
  new CfnOutput(wanted, 'Topic', { value: new Topic(used, 'Topic').topicArn });
  expect(synthesizeStack(wanted).map(({ name }) => name)).toEqual(['Needed', 'Used', 'Wanted']);
});

test('stacks that depend on each other are refused, with the way', () => {
  const stack = (...dependencies: string[]) => ({ type: 'aws:cloudformation:stack', dependencies });
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ artifacts: { Shop: stack('Payment'), Payment: stack('Stock'), Stock: stack('Payment') } }));
  expect(() => readCloudAssembly(folder)).toThrow('the stacks depend on each other: Payment -> Stock -> Payment; none of them can be created first');
});

test('a folder without a cloud assembly, and a broken one, are named', () => {
  expect(() => readCloudAssembly(folder)).toThrow(`no cloud assembly at ${folder}: there is no manifest.json in it; run cdk synth first`);
  writeFileSync(join(folder, 'manifest.json'), '{');
  expect(() => readCloudAssembly(folder)).toThrow(/^cannot read .*manifest\.json: .*; run cdk synth again$/);
});
