import { Duration, Stack } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import {
  AwaitApproval, CreateOrder, EnqueueOrder, IOrderStep, InvokeFunction, OrderStepConfig, ReserveInventory, RunStates, ValidateOrder,
} from '../../src';
import { newStack, userFunction, workflowOf } from '../support/workflow';

/** The write of an outcome. */
const RECORD = 60;
/** Three retries after 2, 4 and 8 seconds; the task of a function of ours has 15 seconds. */
const DELAYS = 14;
const OURS = 15 * 7 + 2 * DELAYS + RECORD;

const taskOf = (stack: Stack, name: string, seconds?: number) => new sfn.CustomState(stack, `${name} task`, {
  stateJson: {
    Type: 'Task', Resource: 'arn:aws:states:::states:startExecution.sync:2', TimeoutSeconds: seconds, QueryLanguage: 'JSONata',
  },
});

const times = (...args: Parameters<typeof workflowOf>) => workflowOf(...args).workflow.saga._longestTimes;

test('the longest time of a status is that of the step that comes next, with all of its retries', () => {
  const { statuses } = times((stack) => [
    new ValidateOrder(),
    new InvokeFunction({ stepName: 'CheckFraud', handler: userFunction(stack, 'Fraud', Duration.minutes(10)), acceptedStatus: 'CLEARED' }),
    new CreateOrder(),
  ]);
  expect(statuses).toEqual({ RECEIVED: OURS, VALID: 4 * 605 + DELAYS + RECORD, CLEARED: 4 * 10 + DELAYS + RECORD, CREATED: RECORD });
});

test('a reservation counts the time that it waits for its turn', () => {
  const { statuses } = times(() => [new ValidateOrder(), new ReserveInventory({ contentionTimeout: Duration.minutes(30) })]);
  expect(statuses.VALID).toBe(OURS + 2 * (900 + 10));
});

test('a step of hours counts as that, and one without a timeout as a day', () => {
  const stack = newStack();
  const { statuses } = workflowOf(() => [
    new RunStates({ stepName: 'Pack', states: taskOf(stack, 'Pack', 7_200), acceptedStatus: 'PACKED' }),
    new RunStates({ stepName: 'Wrap', states: taskOf(stack, 'Wrap'), acceptedStatus: 'WRAPPED' }),
    new RunStates({
      stepName: 'Rest', states: sfn.Wait.jsonata(stack, 'Rest 1', { time: sfn.WaitTime.duration(Duration.hours(3)) }), acceptedStatus: 'RESTED',
    }),
  ]).workflow.saga._longestTimes;
  expect(statuses).toEqual({ RECEIVED: 7_200 + RECORD, PACKED: 86_400 + RECORD, WRAPPED: 10_800 + RECORD, RESTED: RECORD });
});

test('what comes next may be any step up to the first that is not skipped', () => {
  const stack = newStack();
  const step = (stepName: string, TimeoutSeconds: number, onlyIf?: string): IOrderStep => ({
    stepName,
    bind: () => OrderStepConfig.task({ states: taskOf(stack, stepName, TimeoutSeconds), acceptedStatus: stepName.toUpperCase(), onlyIf }),
  });
  const gift = '$states.input.totalAmount > 9';
  const { statuses } = workflowOf(() => [step('One', 1), step('Gift', 600, gift), step('Card', 30, gift), step('Two', 700), step('Three', 900)])
    .workflow.saga._longestTimes;
  expect(statuses).toEqual({ RECEIVED: 1 + RECORD, ONE: 700 + RECORD, GIFT: 700 + RECORD, CARD: 700 + RECORD, TWO: 900 + RECORD, THREE: RECORD });
});

test('a wait for a decision is left out, as the row states until when it lasts', () => {
  const { statuses, order } = times(() => [new ValidateOrder(), new AwaitApproval({ timeout: Duration.days(7) })]);
  expect(statuses).toEqual({ RECEIVED: OURS, VALID: RECORD, APPROVED: RECORD });
  expect(order).toBe(OURS + RECORD);
});

test('the longest time of an order is that of all its steps, its closing steps and its compensations', () => {
  const { statuses, undo, order } = times(() => [new ValidateOrder(), new ReserveInventory()], {}, (stack) => [
    new EnqueueOrder({ queue: new Queue(stack, 'Queue') }),
  ]);
  expect(statuses.COMPLETED).toBeGreaterThan(RECORD);
  expect(undo).toBeGreaterThan(RECORD);
  expect(order).toBe(statuses.RECEIVED + statuses.VALID + statuses.COMPLETED + undo);
});
