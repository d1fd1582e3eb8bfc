import * as path from 'path';
import { complaints } from '../support/code-blocks';

const ROOT = path.join(__dirname, '..', '..');
const HEAD = `
import { Pass } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { ClosingStepConfig, EnqueueOrder, IOrderStep, OrderProcessingWorkflow, OrderStepConfig, ReserveInventory, ValidateOrder } from 'cdk-order-workflow';
declare const scope: Construct;
declare const states: Pass;
declare const enqueue: EnqueueOrder;
`;

/** Wrong uses, and one that is right: the code, and the beginning of what the compiler reports about it. */
const USES: [name: string, code: string, error: RegExp | undefined][] = [
  ['closing steps in closingSteps compile', "new OrderProcessingWorkflow(scope, 'Orders', { steps: [new ValidateOrder()], closingSteps: [enqueue] });", undefined],
  ['a closing step among the steps does not compile', "new OrderProcessingWorkflow(scope, 'Orders', { steps: [new ValidateOrder(), enqueue] });",
    /^Type 'EnqueueOrder' is not assignable to type 'IOrderStep'/],
  ['a step among the closing steps does not compile', "new OrderProcessingWorkflow(scope, 'Orders', { closingSteps: [new ReserveInventory()] });",
    /^Type 'ReserveInventory' is not assignable to type 'IClosingStep'/],
  ['a task with a waiting status does not compile', "OrderStepConfig.task({ states, acceptedStatus: 'YES', waitingStatus: 'ASKED' });", /'waitingStatus' does not exist in type 'TaskStepProps'/],
  ['a wait with states does not compile', "OrderStepConfig.waiting({ states, waitingStatus: 'ASKED', acceptedStatus: 'YES' });",
    /'states' does not exist in type 'WaitingStepProps'/],
  ['a compensation with a status does not compile', "OrderStepConfig.compensationOnly({ compensation: undefined!, acceptedStatus: 'YES' });",
    /'acceptedStatus' does not exist in type 'CompensationOnlyStepProps'/],
  ['a task without an accepted status does not compile', 'OrderStepConfig.task({ states });', /^Argument of type .* is not assignable to parameter of type 'TaskStepProps'/],
  ['a closing step with a status does not compile', "ClosingStepConfig.task({ states, acceptedStatus: 'YES' });", /'acceptedStatus' does not exist in type 'ClosingTaskProps'/],
  ['a config that no factory made does not compile', "const step: IOrderStep = { stepName: 'Odd', bind: () => ({ states, acceptedStatus: 'YES' }) }; step.bind;",
    /is missing in type .* but required in type 'OrderStepConfig'/],
];

const fileOf = (index: number) => `test/steps/use-${index}.ts`;
let reported: string[];

// One program for all of them: to check the types of the CDK takes most of the time.
beforeAll(() => {
  reported = complaints(new Map(USES.map(([, code], index) => [path.join(ROOT, fileOf(index)), `${HEAD}${code}`])));
}, 180_000);

test.each(USES.map(([name, , error], index) => [name, index, error] as const))('%s', (_name, index, error) => {
  const ofThisUse = reported.filter((complaint) => complaint.startsWith(`${fileOf(index)}:`)).map((complaint) => complaint.replace(/^\S+ /, ''));
  expect(ofThisUse).toEqual(error ? [expect.stringMatching(error)] : []);
});
