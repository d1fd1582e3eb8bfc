import { StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { definitionOf } from '../support/state-machine';
import { FORWARD_KINDS, workflowOfKinds } from '../support/valid-definition';

/** By the Amazon States Language the Assign of a Choice state goes with its Default only; an engine may take it for all that leads there. */
test.each([StateMachineType.STANDARD, StateMachineType.EXPRESS])('a rule that leads where the Default leads assigns for itself: %s', (type) => {
  const { stateMachine, recovery } = workflowOfKinds(type === StateMachineType.EXPRESS ? ['reserve', 'pay'] : FORWARD_KINDS, type);
  const doubtful = [stateMachine, recovery.stateMachine].flatMap((machine) =>
    Object.entries(definitionOf(machine).States).filter(([, { Assign, Choices = [], Default }]) =>
      Assign && Choices.some((rule: { Next: string; Assign?: unknown }) => rule.Next === Default && !rule.Assign)),
  );

  expect(doubtful.map(([name]) => name)).toEqual([]);
});
