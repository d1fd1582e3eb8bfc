import { Duration, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { IOrderStep, InvokeFunction, OrderProcessingWorkflow, ReserveInventory, RunStates, ValidateOrder } from '../../src';
import { newStack, userFunction } from '../support/workflow';

const { EXPRESS, STANDARD } = sfn.StateMachineType;

function slow(stack: Stack, stepName: string, seconds: number): IOrderStep {
  return new InvokeFunction({
    stepName, handler: userFunction(stack, `${stepName}Function`), acceptedStatus: stepName.toUpperCase(), timeout: Duration.seconds(seconds),
  });
}

/** A task of a user. */
function task(stack: Stack, name: string, seconds?: number): sfn.CustomState {
  return new sfn.CustomState(stack, name, {
    stateJson: { Type: 'Task', Resource: 'arn:aws:states:::sqs:sendMessage', ...(seconds && { TimeoutSeconds: seconds }) },
  });
}

function warnings(stateMachineType: sfn.StateMachineType, steps: (stack: Stack) => IOrderStep[]): string[] {
  const stack = newStack();
  new OrderProcessingWorkflow(stack, 'Orders', { stateMachineType, steps: steps(stack) });
  return Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('expressTime')).map(({ entry }) => String(entry.data));
}

test('an EXPRESS order that may take more than five minutes gets a warning, with the timeout to lower first', () => {
  expect(warnings(EXPRESS, (stack) => [new ValidateOrder(), slow(stack, 'Pack', 200), slow(stack, 'Ship', 100)])).toEqual([
    expect.stringMatching(/may take 315 s \(ValidateOrder 15, Pack 200, Ship 100\), .* after 300 s.*: lower the timeout of Pack first, or use stateMachineType STANDARD/),
  ]);
});

test.each<[string, sfn.StateMachineType, (stack: Stack) => IOrderStep[]]>([
  ['the defaults fit', EXPRESS, () => [new ValidateOrder(), new ReserveInventory()]],
  ['five minutes fit', EXPRESS, (stack) => [slow(stack, 'Pack', 200), slow(stack, 'Ship', 100)]],
  ['a STANDARD order may take its time', STANDARD, (stack) => [slow(stack, 'Pack', 2_000)]],
])('%s', (_, stateMachineType, steps) => {
  expect(warnings(stateMachineType, steps)).toEqual([]);
});

test.each<[string, number, (stack: Stack) => sfn.IChainable]>([
  ['a sequence adds up', 350, (stack) => task(stack, 'A', 200).next(task(stack, 'B', 150))],
  ['the longest branch counts', 310, (stack) => new sfn.Parallel(stack, 'Both').branch(task(stack, 'A', 310)).branch(task(stack, 'B', 200))],
  ['the longest way through a Choice counts', 320, (stack) => new sfn.Choice(stack, 'Which')
    .when(sfn.Condition.isPresent('$.a'), task(stack, 'A', 320)).otherwise(task(stack, 'B', 200))],
  ['a loop counts once', 305, (stack) => {
    const again = new sfn.Wait(stack, 'Pause', { time: sfn.WaitTime.duration(Duration.seconds(5)) }).next(task(stack, 'A', 300));
    return again.next(new sfn.Choice(stack, 'Done').when(sfn.Condition.isPresent('$.a'), new sfn.Pass(stack, 'Yes')).otherwise(again));
  }],
  ['a task without a timeout counts as nothing', 301, (stack) => task(stack, 'A').next(task(stack, 'B', 301))],
])('of the states of a user, %s', (_, seconds, states) => {
  const steps = (stack: Stack) => [new RunStates({ stepName: 'Pack', states: states(stack), acceptedStatus: 'PACKED' })];

  expect(warnings(EXPRESS, steps)).toEqual([expect.stringContaining(`may take ${seconds} s (Pack ${seconds})`)]);
});
