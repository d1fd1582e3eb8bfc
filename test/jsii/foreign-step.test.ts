import * as fs from 'fs';
import * as path from 'path';
import { JsiiRuntime, ObjectReference, struct } from './runtime/jsii-runtime';

const OURS = path.join(__dirname, '..', '..');
const SFN = 'aws-cdk-lib.aws_stepfunctions';
const LAMBDA = 'aws-cdk-lib.aws_lambda';

// The runtime parses all that jsii knows of aws-cdk-lib, which takes a slow machine a while.
jest.setTimeout(60_000);

let runtime: JsiiRuntime;

beforeAll(async () => {
  runtime = await JsiiRuntime.start();
  for (const directory of [installed('constructs'), installed('aws-cdk-lib'), OURS]) {
    await runtime.load(directory);
  }
});

afterAll(() => runtime.stop());

test('a step that is written in another language runs in its place', async () => {
  const { States } = await stateMachineOf('Step', checkedForFraud);

  expect(States['ValidateOrder accepted?'].Choices[0].Next).toBe('CheckFraud');
  expect(States.CheckFraud).toMatchObject({ Type: 'Task', QueryLanguage: 'JSONata', Next: 'Record CheckFraud' });
  expect(States.CheckFraud.Arguments.Payload.ordersTable).toMatch(/^{OrdersTablesOrders/);
  expect(States['CheckFraud accepted?'].Choices[0]).toMatchObject({ Condition: expect.stringContaining('CLEARED'), Next: 'ReserveInventory' });
});

test('what undoes that step stands in the chain, and a later rejection enters there', async () => {
  const { States } = await stateMachineOf('Undo', checkedForFraud);

  expect(States['Undo ReserveInventory'].Next).toBe('Record undo of ReserveInventory');
  expect(States['Record undo of ReserveInventory'].Next).toBe('Undo CheckFraud');
  expect(States['Undo CheckFraud'].Branches[0].States['Forget CheckFraud']).toMatchObject({ Type: 'Pass' });
  expect(States['ReserveInventory accepted?'].Choices[1].Next).toBe('Undo CheckFraud');
});

test('InvokeFunction takes its props as a struct', async () => {
  const { States } = await stateMachineOf('Function', async (stack) => [
    await create('ValidateOrder'),
    await create('InvokeFunction', struct('cdk-order-workflow.InvokeFunctionProps', {
      stepName: 'Wrap',
      handler: await inlineFunction(stack, 'Wrapper'),
      acceptedStatus: 'WRAPPED',
      rejectedStatuses: ['TOO_LARGE'],
      undoHandler: await inlineFunction(stack, 'Unwrapper'),
    })),
  ]);

  expect(States.Wrap.Arguments.FunctionName).toMatch(/^{Wrapper/);
  expect(States['Undo Wrap'].Arguments.FunctionName).toMatch(/^{Unwrapper/);
});

test('a closing step among the steps is refused, with the field and the remedy', async () => {
  await expect(stateMachineOf('Misplaced', async (stack) => [
    await create('ValidateOrder'),
    await create('ClosingFunction', struct('cdk-order-workflow.ClosingFunctionProps', { stepName: 'Thank', handler: await inlineFunction(stack, 'Thanks') })),
  ])).rejects.toThrow('steps[1] (Thank) is a closing step: move it to closingSteps');
});

test('a step whose bind returns a config of its own is refused, with the factories to use', async () => {
  const mixed = await runtime.implement('cdk-order-workflow.IOrderStep', {
    properties: { stepName: 'Mixed' },
    methods: { bind: async () => ({ states: {}, acceptedStatus: 'YES', waitingStatus: 'ASKED' }) },
  });

  await expect(stateMachineOf('Mixed', async () => [await create('ValidateOrder'), mixed])).rejects.toThrow(/OrderStepConfig/);
});

test('what such a step throws while it is bound reaches the program', async () => {
  const broken = () => runtime.implement('cdk-order-workflow.IOrderStep', {
    properties: { stepName: 'Broken' },
    methods: { bind: async () => { throw new Error('no credentials for the fraud service'); } },
  });

  await expect(stateMachineOf('Throws', async () => [await broken()])).rejects.toThrow('no credentials for the fraud service');
});

async function checkedForFraud(): Promise<ObjectReference[]> {
  return [await create('ValidateOrder'), await checkFraud(), await create('ReserveInventory')];
}

/** As a class of another language would: it makes its states, asks for what it is offered, and returns a struct. */
async function checkFraud(): Promise<ObjectReference> {
  const forget = await runtime.implement('cdk-order-workflow.IStepCompensation', {
    methods: {
      bind: async (scope: ObjectReference, options: ObjectReference) => runtime.invokeStatic(`${SFN}.Pass`, 'jsonata', [
        scope, 'Forget', struct(`${SFN}.PassJsonataProps`, { stateName: `Forget ${await runtime.get(options, 'stepName')}` }),
      ]),
    },
  });
  return runtime.implement('cdk-order-workflow.IOrderStep', {
    properties: { stepName: 'CheckFraud' },
    methods: {
      bind: async (scope: ObjectReference, host: ObjectReference) => {
        const table = await runtime.get(host, 'ordersTable');
        const states = await runtime.invokeStatic(`${SFN}_tasks.LambdaInvoke`, 'jsonata', [
          scope, 'Task', struct(`${SFN}_tasks.LambdaInvokeJsonataProps`, {
            stateName: 'CheckFraud',
            lambdaFunction: await inlineFunction(scope, 'Function'),
            payload: await runtime.invokeStatic(`${SFN}.TaskInput`, 'fromObject', [{ ordersTable: await runtime.get(table, 'tableName') }]),
            outputs: '{% $states.result.Payload %}',
          }),
        ]);
        return runtime.invokeStatic('cdk-order-workflow.OrderStepConfig', 'task', [struct('cdk-order-workflow.TaskStepProps', {
          states,
          compensation: forget,
          acceptedStatus: 'CLEARED',
          rejectedStatuses: ['SUSPICIOUS'],
        })]);
      },
    },
  });
}

async function inlineFunction(scope: ObjectReference, id: string): Promise<ObjectReference> {
  return runtime.create(`${LAMBDA}.Function`, [scope, id, struct(`${LAMBDA}.FunctionProps`, {
    runtime: await runtime.getStatic(`${LAMBDA}.Runtime`, 'PYTHON_3_13'),
    handler: 'index.handler',
    code: await runtime.invokeStatic(`${LAMBDA}.Code`, 'fromInline', ['def handler(order, _): return {"status": "CLEARED"}']),
  })]);
}

async function create(step: string, ...args: unknown[]): Promise<ObjectReference> {
  return runtime.create(`cdk-order-workflow.${step}`, args);
}

/** Synthesizes a workflow, and reads its state machine with a reference as `{LogicalId}`. */
async function stateMachineOf(stackName: string, steps: (stack: ObjectReference) => Promise<ObjectReference[]>): Promise<any> {
  const outdir = path.join(runtime.directory, stackName);
  const app = await runtime.create('aws-cdk-lib.App', [struct('aws-cdk-lib.AppProps', { outdir })]);
  const stack = await runtime.create('aws-cdk-lib.Stack', [app, stackName]);
  await create('OrderProcessingWorkflow', stack, 'Orders', struct('cdk-order-workflow.OrderProcessingWorkflowProps', { steps: await steps(stack) }));
  await runtime.invoke(app, 'synth');
  const { Resources } = JSON.parse(fs.readFileSync(path.join(outdir, `${stackName}.template.json`), 'utf8'));
  const stateMachine: any = Object.values(Resources).find(({ Type }: any) => Type === 'AWS::StepFunctions::StateMachine');
  const parts: any[] = stateMachine.Properties.DefinitionString['Fn::Join'][1];
  return JSON.parse(parts.map((part) => typeof part === 'string' ? part : `{${part.Ref ?? part['Fn::GetAtt'][0]}}`).join(''));
}

function installed(packageName: string): string {
  return path.dirname(require.resolve(`${packageName}/package.json`));
}
