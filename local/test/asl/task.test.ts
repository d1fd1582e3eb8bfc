import { begin, machineOf, run } from './running';
import { Json, JsonObject, TaskFailure, TaskTokens, UnknownTaskToken } from '../../src';

const INVOKE = 'arn:aws:states:::lambda:invoke';
const WAIT = 'arn:aws:states:::aws-sdk:dynamodb:updateItem.waitForTaskToken';
const task = (more: JsonObject = {}) => machineOf({ Type: 'Task', Resource: INVOKE, ...more }, { QueryLanguage: 'JSONata' });

test('a task gets what its arguments come to, and its result is the output', async () => {
  const ran = await run(task({ Arguments: { FunctionName: 'f', Payload: '{% $states.input.order %}' } }), { order: { id: 1 } }, {
    work: ({ arguments: args, resource, attempt, stateName }) => ({ args, resource, attempt, stateName }),
  });
  expect(ran).toMatchObject({
    output: { args: { FunctionName: 'f', Payload: { id: 1 } }, resource: INVOKE, attempt: 0, stateName: 'Only' },
  });
});

test.each([
  [INVOKE, ['TaskScheduled', 'TaskStarted', 'TaskSucceeded']],
  ['arn:aws:lambda:us-east-1:111111111111:function:f', ['LambdaFunctionScheduled', 'LambdaFunctionStarted', 'LambdaFunctionSucceeded']],
  ['arn:aws:states:us-east-1:111111111111:activity:a', ['ActivityScheduled', 'ActivityStarted', 'ActivitySucceeded']],
])('the history of %s has %j', async (Resource, types) => {
  const ran = await run(task({ Resource }), {}, { work: () => 1 });
  expect(ran.types).toEqual(['ExecutionStarted', 'TaskStateEntered', ...types, 'TaskStateExited', 'ExecutionSucceeded']);
});

test('events have the details of AWS', async () => {
  const { events } = await run(task({ Arguments: { a: 1 }, TimeoutSeconds: 9, Credentials: { RoleArn: '{% $states.input.role %}' } }), { role: 'r' }, { work: () => 'done' });

  expect(events[2]).toEqual({
    id: 3,
    previousEventId: 2,
    timestamp: new Date(Date.UTC(2026, 0, 1)),
    type: 'TaskScheduled',
    taskScheduledEventDetails: {
      resourceType: 'lambda',
      resource: 'invoke',
      region: 'us-east-1',
      parameters: '{"a":1}',
      timeoutInSeconds: 9,
      heartbeatInSeconds: undefined,
      taskCredentials: { roleArn: 'r' },
    },
  });
  expect(events[4].taskSucceededEventDetails).toEqual({
    resourceType: 'lambda',
    resource: 'invoke',
    output: '"done"',
    outputDetails: { truncated: false },
  });
  expect(events[5].stateExitedEventDetails).toEqual({ name: 'Only', output: '"done"', outputDetails: { truncated: false } });
});

test('a failure that the task reports is the failure of the state', async () => {
  const ran = await run(task(), {}, { work: () => Promise.reject(new TaskFailure('Payment.Down', 'no answer')) });

  expect(ran).toMatchObject({ status: 'FAILED', error: 'Payment.Down', cause: 'no answer' });
  expect(ran.types.slice(-2)).toEqual(['TaskFailed', 'ExecutionFailed']);
});

test('an error that is not a failure of the task ends the execution with that error: the runner cannot do it', async () => {
  await expect(run(task({ Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Only' }] }), {}, {
    work: () => Promise.reject(new Error('no such service here')),
  })).rejects.toThrow('no such service here');
});

test.each([
  ['seconds', { TimeoutSeconds: 5 }],
  ['an expression', { TimeoutSeconds: '{% $states.input.limit %}' }],
])('a task is given up after its time-out, given as %s', async (_how, fields) => {
  let aborted = false;
  const ran = await run(task(fields), { limit: 5 }, {
    work: async ({ signal }, clock) => {
      await clock.sleep(60_000, signal).catch(() => {
        aborted = true;
      });
      return 1;
    },
  });

  expect(ran).toMatchObject({ status: 'FAILED', error: 'States.Timeout', cause: undefined, ms: 5000 });
  expect(ran.types.slice(-2)).toEqual(['TaskTimedOut', 'ExecutionFailed']);
  expect(aborted).toBe(true);
});

test('a result that comes in time stops the time-out', async () => {
  const ran = await run(task({ TimeoutSeconds: 5 }), {}, { work: async (_task, clock) => clock.sleep(4999).then(() => 'in time') });
  expect(ran).toMatchObject({ status: 'SUCCEEDED', ms: 4999 });
});

describe('a task that waits for its token', () => {
  const waiting = (more: JsonObject = {}) => task({ Resource: WAIT, Arguments: { token: '{% $states.context.Task.Token %}' }, ...more });

  async function untilAsked(definition: JsonObject, tokens = new TaskTokens()) {
    let token = '';
    const begun = begin(definition, {}, {
      tokens,
      work: (request) => {
        token = request.token!;
        expect(request.arguments).toEqual({ token });
        return { written: true };
      },
    });
    await begun.clock.idle();
    return { ...begun, token };
  }

  test('goes on with the answer that comes from outside', async () => {
    const { execution, events, clock, tokens, token } = await untilAsked(waiting());
    tokens.succeed(token, { approved: true });

    expect(await clock.until(execution.outcome)).toEqual({ status: 'SUCCEEDED', output: { approved: true } });
    expect(events.map(({ type }) => type)).toEqual([
      'ExecutionStarted', 'TaskStateEntered', 'TaskScheduled', 'TaskStarted', 'TaskSubmitted', 'TaskSucceeded', 'TaskStateExited', 'ExecutionSucceeded',
    ]);
    expect(events[4].taskSubmittedEventDetails).toMatchObject({ output: '{"written":true}', resource: 'updateItem.waitForTaskToken', resourceType: 'aws-sdk:dynamodb' });
  });

  test('fails with the failure that comes from outside', async () => {
    const { execution, clock, tokens, token } = await untilAsked(waiting());
    tokens.fail(token, 'Rejected', 'too expensive');

    expect(await clock.until(execution.outcome)).toEqual({ status: 'FAILED', error: 'Rejected', cause: 'too expensive' });
  });

  test('can be answered before its request has come back', async () => {
    const tokens = new TaskTokens();
    const definition = waiting();
    const { execution, events, clock } = begin(definition, {}, {
      tokens,
      work: ({ token }) => {
        tokens.succeed(token!, 'early');
        return 'request';
      },
    });

    expect(await clock.until(execution.outcome)).toMatchObject({ output: 'early' });
    expect(events.map(({ type }) => type)).toContain('TaskSubmitted');
  });

  test('times out when no heartbeat comes in time, and each one extends it', async () => {
    const { execution, clock, tokens, token } = await untilAsked(waiting({ HeartbeatSeconds: 10, TimeoutSeconds: 100 }));
    for (let beat = 0; beat < 5; beat++) {
      await clock.advance(9000);
      tokens.heartbeat(token);
    }

    expect(await clock.until(execution.outcome)).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
    expect(clock.now() - execution.startedAt).toBe(55_000);
  });

  test.each(['States.HeartbeatTimeout', 'States.Timeout'])('is caught as %s when the heartbeat is missed', async (name) => {
    const definition = waiting({ HeartbeatSeconds: 1, Catch: [{ ErrorEquals: [name], Next: 'Caught' }] });
    const { execution, clock } = await untilAsked({ ...definition, States: { ...(definition.States as JsonObject), Caught: { Type: 'Succeed' } } });

    expect(await clock.until(execution.outcome)).toEqual({ status: 'SUCCEEDED', output: { Error: 'States.Timeout', Cause: '' } });
  });

  test('cannot be answered twice, nor when it is over, nor by a token that was never issued', async () => {
    const { execution, clock, tokens, token } = await untilAsked(waiting());
    tokens.succeed(token, 1);
    await clock.until(execution.outcome);

    for (const late of [() => tokens.succeed(token, 2), () => tokens.fail(token), () => tokens.heartbeat('made up')]) {
      expect(late).toThrow(UnknownTaskToken);
    }
  });

  test('has the same token for the same seed', async () => {
    expect((await untilAsked(waiting())).token).toBe((await untilAsked(waiting())).token);
  });
});

test('a result above 256 KiB fails the task; both the wildcard and the name catch it', async () => {
  for (const name of ['States.ALL', 'States.DataLimitExceeded']) {
    const definition = task({ Catch: [{ ErrorEquals: [name], Next: 'Caught', Output: '{% $states.errorOutput.Error %}' }] });
    const ran = await run({ ...definition, States: { ...(definition.States as JsonObject), Caught: { Type: 'Succeed' } } }, {}, { work: (): Json => 'x'.repeat(256 * 1024) });

    expect(ran).toMatchObject({ status: 'SUCCEEDED', output: 'States.DataLimitExceeded' });
    expect(ran.events[4]).toMatchObject({ type: 'TaskFailed', taskFailedEventDetails: { cause: expect.stringContaining("The state/task 'lambda' returned") } });
    expect(ran.types).toContain('TaskFailed');
  }
});

test('what comes back after the time-out leaves no trace', async () => {
  const definition = task({ Resource: WAIT, TimeoutSeconds: 5, Catch: [{ ErrorEquals: ['States.Timeout'], Next: 'Later' }] });
  const ran = await run(
    { ...definition, States: { ...(definition.States as JsonObject), Later: { Type: 'Wait', Seconds: 60, End: true } } },
    {},
    { work: async (_task, clock) => clock.sleep(10_000).then(() => 'late') },
  );

  expect(ran).toMatchObject({ status: 'SUCCEEDED', ms: 65_000 });
  expect(ran.types).not.toContain('TaskSubmitted');
});

test('a runner can report that a service has accepted the work', async () => {
  const ran = await run(task({ Resource: 'arn:aws:states:::states:startExecution.sync:2' }), {}, {
    work: ({ submitted }) => {
      submitted({ ExecutionArn: 'child' });
      return 'done';
    },
  });

  expect(ran.types).toEqual([
    'ExecutionStarted', 'TaskStateEntered', 'TaskScheduled', 'TaskStarted', 'TaskSubmitted', 'TaskSucceeded', 'TaskStateExited', 'ExecutionSucceeded',
  ]);
  expect(ran.events[4].taskSubmittedEventDetails).toMatchObject({ resource: 'startExecution.sync:2', output: '{"ExecutionArn":"child"}' });
});
