import { Duration } from 'aws-cdk-lib';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import {
  AwaitApproval, CreateOrder, EnqueueOrder, InvokeFunction, ProcessPayment, ReserveInventory, RunStates, SendConfirmation, ValidateOrder,
} from '../../src';
import { AslState, allStates, definitionOf } from '../support/state-machine';
import { userFunction, workflowOf } from '../support/workflow';

const LAMBDA = [
  'Lambda.ServiceException', 'Lambda.AWSLambdaException', 'Lambda.SdkClientException', 'Lambda.ClientExecutionTimeoutException',
  'Lambda.TooManyRequestsException', 'Lambda.Unknown', 'Sandbox.Timedout', 'Runtime.ExitError', 'States.Timeout',
];
const OUR_FUNCTION_BUSY = ['TransactionConflict', 'ServiceUnavailable'];
const BUSY = [
  'ProvisionedThroughputExceededException', 'RequestLimitExceededException', 'ThrottlingException', 'TransactionConflictException',
  'InternalServerErrorException', 'SdkClientException',
];
const DYNAMODB_BUSY = [...BUSY.map((name) => `DynamoDB.${name}`), 'DynamoDB.AmazonDynamoDBException'];
const DYNAMODB_SDK_BUSY = [...BUSY.map((name) => `DynamoDb.${name}`), 'DynamoDb.DynamoDbException'];
const REFUSED = ['DynamoDB.ConditionalCheckFailedException', 'DynamoDb.ConditionalCheckFailedException'];

const backoff = { IntervalSeconds: 2, MaxAttempts: 3, BackoffRate: 2, MaxDelaySeconds: 30, JitterStrategy: 'FULL' };
const lambda = { ErrorEquals: LAMBDA, ...backoff };
const ourFunction = [lambda, { ErrorEquals: OUR_FUNCTION_BUSY, ...backoff }];
/** A minute, and tries to spare: the function decides when the time is up. */
const turn = { ErrorEquals: ['TransactionConflict'], IntervalSeconds: 2, MaxAttempts: 40, BackoffRate: 1, JitterStrategy: 'NONE' };
const longRetry = [{ ErrorEquals: [...DYNAMODB_BUSY, 'States.Timeout'], ...backoff, MaxAttempts: 8 }];
const dynamodb = [{ ErrorEquals: [...DYNAMODB_BUSY, 'States.Timeout'], ...backoff }];
const anything = [{ ErrorEquals: ['States.ALL'], ...backoff }];
const compensation = [{ ErrorEquals: ['States.ALL'], ...backoff, MaxAttempts: 6 }];

const any = (next: string) => [['States.DataLimitExceeded', next], ['States.ALL', next]];
const LOOK_UP = 'Look up order';

function handling({ Retry, Catch }: AslState) {
  return { retry: Retry, catch: Catch?.map(({ ErrorEquals, Next }) => [...ErrorEquals, Next]) };
}

function handlingOf(states: [string, AslState][], types: string[]) {
  return Object.fromEntries(states.filter(([, { Type }]) => types.includes(Type)).map(([name, state]) => [name, handling(state)]));
}

test('each task has exactly these retriers and catchers, in this order', () => {
  const { workflow } = workflowOf((stack) => [
    new ValidateOrder(),
    new ReserveInventory(),
    new CreateOrder(),
    new ProcessPayment({ charge: userFunction(stack, 'Charge'), refund: userFunction(stack, 'Refund') }),
    new AwaitApproval(),
    new InvokeFunction({ stepName: 'FraudCheck', handler: userFunction(stack, 'Fraud'), acceptedStatus: 'CLEARED', undoHandler: userFunction(stack, 'Unflag') }),
    new RunStates({ stepName: 'Audit', states: new sfn.Pass(stack, 'Note'), acceptedStatus: 'AUDITED' }),
  ], {}, (stack) => [
    new SendConfirmation({ sender: 'shop@example.com' }),
    new EnqueueOrder({ queue: new sqs.Queue(stack, 'Queue') }),
  ]);

  expect(handlingOf(allStates(definitionOf(workflow.stateMachine)), ['Task', 'Parallel'])).toEqual({
    'ValidateOrder': { retry: ourFunction, catch: any(LOOK_UP) },
    'ReserveInventory': { retry: [turn, ...ourFunction], catch: any(LOOK_UP) },
    'CreateOrder': { retry: dynamodb, catch: [[...REFUSED, LOOK_UP], ...any(LOOK_UP)] },
    'ProcessPayment': { retry: [{ ...lambda, MaxAttempts: 2 }], catch: any(LOOK_UP) },
    'Record ProcessPayment': { retry: dynamodb, catch: [[...REFUSED, LOOK_UP], ...any(LOOK_UP)] },
    'AwaitApproval': {
      retry: [{ ErrorEquals: DYNAMODB_SDK_BUSY, ...backoff }],
      catch: [['States.Timeout', 'Record AwaitApproval'], ['OrderCancelled', LOOK_UP], [...REFUSED, LOOK_UP], ...any(LOOK_UP)],
    },
    'Record AwaitApproval': { retry: dynamodb, catch: [[...REFUSED, LOOK_UP], ...any(LOOK_UP)] },
    'FraudCheck': { retry: [lambda], catch: any(LOOK_UP) },
    'Record FraudCheck': { retry: dynamodb, catch: [[...REFUSED, LOOK_UP], ...any(LOOK_UP)] },
    'Audit': { retry: undefined, catch: any(LOOK_UP) },
    'Record Audit': { retry: dynamodb, catch: [[...REFUSED, LOOK_UP], ...any(LOOK_UP)] },
    'Complete order': { retry: dynamodb, catch: [[...REFUSED, LOOK_UP], ...any(LOOK_UP)] },
    'SendConfirmation': { retry: anything, catch: any('Publish failed SendConfirmation') },
    'Publish failed SendConfirmation': { retry: anything, catch: any('EnqueueOrder') },
    'EnqueueOrder': { retry: anything, catch: any('Publish failed EnqueueOrder') },
    'Publish failed EnqueueOrder': { retry: anything, catch: any('Close order') },
    'Close order': { retry: dynamodb, catch: any('Order completed') },
    'Look up order': { retry: longRetry, catch: any('Where to undo from?') },
    'Begin undo': { retry: longRetry, catch: [[...REFUSED, LOOK_UP], ...any('Where to undo from?')] },
    'Publish failure': { retry: anything, catch: any('Where to undo from?') },
    'Undo FraudCheck': { retry: compensation, catch: any('Undo ProcessPayment') },
    'Record undo of FraudCheck': { retry: longRetry, catch: [[...REFUSED, LOOK_UP], ...any('Undo ProcessPayment')] },
    'Undo ProcessPayment': { retry: undefined, catch: any('Undo ReserveInventory') },
    'Undo ProcessPayment: refund': { retry: compensation, catch: undefined },
    'Record undo of ProcessPayment': { retry: longRetry, catch: [[...REFUSED, LOOK_UP], ...any('Undo ReserveInventory')] },
    'Undo ReserveInventory': { retry: [{ ErrorEquals: ['TransactionConflict'], ...backoff, MaxAttempts: 15 }, ...compensation], catch: any('Finish undo') },
    'Record undo of ReserveInventory': { retry: longRetry, catch: [[...REFUSED, LOOK_UP], ...any('Finish undo')] },
    'Finish undo': { retry: longRetry, catch: [[...REFUSED, LOOK_UP], ...any('Order left open')] },
    'Publish failed compensation': { retry: anything, catch: any('Put order on hold') },
    'Put order on hold': { retry: [{ ErrorEquals: DYNAMODB_SDK_BUSY, ...backoff, MaxAttempts: 8 }], catch: any('Order needs attention') },
    'Resume undo': { retry: longRetry, catch: any('Publish failed compensation') },
    'Resolve order': { retry: longRetry, catch: any('Publish failed compensation') },
    'Publish repaired order': { retry: anything, catch: any('Why was it undone?') },
    'Close repaired order': { retry: dynamodb, catch: any('Why was it undone?') },
  });
});

test('every task has a timeout, and that of a task is longer than that of its function', () => {
  const { workflow } = workflowOf((stack) => [
    new InvokeFunction({ stepName: 'Quick', handler: userFunction(stack, 'A'), acceptedStatus: 'QUICK' }),
    new InvokeFunction({ stepName: 'Slow', handler: userFunction(stack, 'B', Duration.minutes(2)), acceptedStatus: 'SLOW' }),
    new InvokeFunction({ stepName: 'Set', handler: userFunction(stack, 'C'), acceptedStatus: 'SET', timeout: Duration.seconds(40) }),
    ProcessPayment.simulated(),
  ]);

  const tasks = allStates(definitionOf(workflow.stateMachine)).filter(([, { Type }]) => Type === 'Task');

  // An operator has as long as the execution.
  expect(tasks.filter(([, { TimeoutSeconds }]) => !TimeoutSeconds).map(([name]) => name)).toEqual(['Put order on hold']);
  expect(Object.fromEntries(tasks.map(([name, { TimeoutSeconds }]) => [name, TimeoutSeconds]))).toMatchObject({
    'Quick': 8, 'Slow': 125, 'Set': 40, 'ProcessPayment': 15, 'Undo ProcessPayment: refund': 15, 'Complete order': 10,
  });
});

test('the retry settings of a step replace the defaults one by one', () => {
  const { workflow } = workflowOf((stack) => [
    new ValidateOrder({ retry: { jitterStrategy: sfn.JitterType.NONE } }),
    new ProcessPayment({
      charge: userFunction(stack, 'Charge'), refund: userFunction(stack, 'Refund'), retry: { maxAttempts: 1, errors: ['Provider.Busy'] },
    }),
  ]);

  const { States } = definitionOf(workflow.stateMachine);

  expect(States.ValidateOrder.Retry![0]).toEqual({ ...lambda, JitterStrategy: 'NONE' });
  expect(States.ProcessPayment.Retry).toEqual([{ ...lambda, ErrorEquals: ['Provider.Busy'], MaxAttempts: 1 }]);
});
