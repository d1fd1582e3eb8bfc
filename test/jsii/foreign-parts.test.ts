import * as fs from 'fs';
import * as path from 'path';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { JsiiRuntime, ObjectReference, struct } from './runtime/jsii-runtime';
import { IAlertTarget, IOrderIntake, IOrderNotifier, OrderProcessingWorkflow } from '../../src';

const OURS = path.join(__dirname, '..', '..');

/** The lists of parts in the props of a workflow: the port of each, and the property with the name of a part. */
const PORTS = {
  intakes: ['IOrderIntake', 'intakeName'],
  notifiers: ['IOrderNotifier', 'notifierName'],
  alertTargets: ['IAlertTarget', 'targetName'],
} as const;
type List = keyof typeof PORTS;

interface SynthesizedTemplate {
  readonly Resources: { readonly [id: string]: { readonly Type: string } };
}

/** A part in TypeScript that makes a queue. */
class QueueMaker implements IOrderIntake, IOrderNotifier, IAlertTarget {
  public readonly intakeName: string;
  public readonly notifierName: string;
  public readonly targetName: string;

  constructor(name: string) {
    this.intakeName = this.notifierName = this.targetName = name;
  }

  public bind(scope: Construct): void {
    new sqs.Queue(scope, 'Queue');
  }
}

// The runtime parses all that jsii knows of aws-cdk-lib, which takes a slow machine a while.
jest.setTimeout(60_000);

let runtime: JsiiRuntime;
let stacks = 0;

beforeAll(async () => {
  runtime = await JsiiRuntime.start();
  for (const directory of [installed('constructs'), installed('aws-cdk-lib'), OURS]) {
    await runtime.load(directory);
  }
});

afterAll(() => runtime.stop());

describe.each(Object.keys(PORTS) as List[])('%s of another language', (list) => {
  test('have the logical ids that they have in TypeScript', async () => {
    expect(await foreignQueues(list, ['First', 'Second'])).toEqual(queuesInTypeScript(list, ['First', 'Second']));
  });

  test('keep their logical ids if another one is put in front', async () => {
    const [first, second] = await foreignQueues(list, ['First', 'Second']);

    expect(await foreignQueues(list, ['Front', 'First', 'Second'])).toEqual(expect.arrayContaining([first, second]));
  });

  test('are refused with one name', async () => {
    const [, nameProp] = PORTS[list];

    await expect(foreignQueues(list, ['Same', 'Other', 'Same'])).rejects.toThrow(`${list}[0] and [2] are both named Same: set ${nameProp}`);
  });
});

function queuesInTypeScript(list: List, names: string[]): string[] {
  const stack = new Stack(new App(), 'Shop');
  new OrderProcessingWorkflow(stack, 'Orders', { [list]: names.map((name) => new QueueMaker(name)) });
  return queuesIn(Template.fromStack(stack).toJSON() as SynthesizedTemplate);
}

async function foreignQueues(list: List, names: string[]): Promise<string[]> {
  const outdir = path.join(runtime.directory, `parts-${++stacks}`);
  const app = await runtime.create('aws-cdk-lib.App', [struct('aws-cdk-lib.AppProps', { outdir })]);
  const stack = await runtime.create('aws-cdk-lib.Stack', [app, 'Shop']);
  const parts: ObjectReference[] = [];
  for (const name of names) {
    parts.push(await foreignPart(list, name));
  }
  await runtime.create('cdk-order-workflow.OrderProcessingWorkflow', [
    stack, 'Orders', struct('cdk-order-workflow.OrderProcessingWorkflowProps', { [list]: parts }),
  ]);
  await runtime.invoke(app, 'synth');
  return queuesIn(JSON.parse(fs.readFileSync(path.join(outdir, 'Shop.template.json'), 'utf8')));
}

/** An object without a class name of its own, as the runtime sees one of Python, Java or Go. */
async function foreignPart(list: List, name: string): Promise<ObjectReference> {
  const [port, nameProp] = PORTS[list];
  return runtime.implement(`cdk-order-workflow.${port}`, {
    properties: { [nameProp]: name },
    methods: { bind: async (scope: ObjectReference) => { await runtime.create('aws-cdk-lib.aws_sqs.Queue', [scope, 'Queue']); } },
  });
}

/** The logical ids of the queues that parts have made. */
function queuesIn({ Resources }: SynthesizedTemplate): string[] {
  return Object.entries(Resources)
    .filter(([id, { Type }]) => Type === 'AWS::SQS::Queue' && /^Orders(Intakes|Notifiers|AlertTargets)/.test(id))
    .map(([id]) => id);
}

function installed(packageName: string): string {
  return path.dirname(require.resolve(`${packageName}/package.json`));
}
