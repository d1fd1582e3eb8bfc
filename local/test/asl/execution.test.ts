import { begin, IDENTITY, machineOf, run } from './running';
import { compileMachine, JsonObject, TaskFailure } from '../../src';


test('the history of an execution has its start and its end', async () => {
  const { events } = await run(machineOf({ Type: 'Pass', Result: 2 }), { a: 1 });

  expect(events[0]).toEqual({
    id: 1,
    previousEventId: 0,
    timestamp: new Date('2026-01-01T00:00:00Z'),
    type: 'ExecutionStarted',
    executionStartedEventDetails: { input: '{"a":1}', inputDetails: { truncated: false }, roleArn: IDENTITY.roleArn },
  });
  expect(events[1]).toMatchObject({ previousEventId: 0, stateEnteredEventDetails: { name: 'Only', input: '{"a":1}' } });
  expect(events.at(-1)).toMatchObject({ type: 'ExecutionSucceeded', executionSucceededEventDetails: { output: '2' } });
});

test('the context object has the identity of the execution', async () => {
  const ran = await run(machineOf({ Type: 'Pass', Parameters: { 'context.$': '$$' } }), { a: 1 });
  expect(ran).toMatchObject({
    output: {
      context: {
        Execution: {
          Id: IDENTITY.executionArn,
          Input: { a: 1 },
          Name: 'order-1',
          RoleArn: IDENTITY.roleArn,
          StartTime: '2026-01-01T00:00:00Z',
          RedriveCount: 0,
        },
        StateMachine: { Id: IDENTITY.stateMachineArn, Name: 'orders' },
        State: { Name: 'Only', EnteredTime: '2026-01-01T00:00:00Z' },
      },
    },
  });
});

test('an execution can be stopped; what runs in it is aborted', async () => {
  let aborted = false;
  const { execution, events, clock } = begin(machineOf({ Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke' }), {}, {
    work: async ({ signal }) => {
      signal.addEventListener('abort', () => {
        aborted = true;
      });
      return new Promise(() => undefined);
    },
  });
  await clock.idle();
  execution.stop('Stopped', 'by hand');
  execution.stop('Again');

  expect(await execution.outcome).toEqual({ status: 'ABORTED', error: 'Stopped', cause: 'by hand' });
  await clock.idle();
  expect(aborted).toBe(true);
  expect(events.map(({ type }) => type)).toEqual(['ExecutionStarted', 'TaskStateEntered', 'TaskScheduled', 'TaskStarted', 'ExecutionAborted']);
  expect(events.at(-1)).toMatchObject({ previousEventId: 0, executionAbortedEventDetails: { error: 'Stopped', cause: 'by hand' } });
});

test('stopping an execution that has ended changes nothing', async () => {
  const { execution, events, clock } = begin(machineOf({ Type: 'Succeed' }));
  await clock.until(execution.outcome);
  execution.stop();

  expect(await execution.outcome).toMatchObject({ status: 'SUCCEEDED' });
  expect(events.at(-1)).toMatchObject({ type: 'ExecutionSucceeded' });
});

test('a machine has a time-out of its own, which nothing catches', async () => {
  const parallel = machineOf({ Type: 'Parallel', Branches: [{ StartAt: 'Long', States: { Long: { Type: 'Wait', Seconds: 1000, End: true } } }], Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Only' }] }, { TimeoutSeconds: 10 });
  const ran = await run(parallel);

  expect(ran).toMatchObject({ status: 'TIMED_OUT', ms: 10_000 });
  expect(ran.types).toEqual(['ExecutionStarted', 'ParallelStateEntered', 'ParallelStateStarted', 'WaitStateEntered', 'ExecutionTimedOut']);
  expect(ran.events.at(-1)).toMatchObject({ previousEventId: 0, executionTimedOutEventDetails: { error: 'States.Timeout' } });
});

test('a machine that ends in time leaves no timer behind', async () => {
  const { execution, clock } = begin(machineOf({ Type: 'Succeed' }, { TimeoutSeconds: 10 }));
  await clock.until(execution.outcome);
  await expect(clock.until(new Promise(() => undefined))).rejects.toThrow('no timer is set');
});

test('an output above 256 KiB fails the state; one of exactly that size does not', async () => {
  const padded = (length: number) => run(machineOf({ Type: 'Pass', Output: `{% $pad('', ${length - 2}, 'x') %}` }, { QueryLanguage: 'JSONata' }));

  expect(await padded(256 * 1024)).toMatchObject({ status: 'SUCCEEDED' });
  expect(await padded(256 * 1024 + 1)).toMatchObject({
    status: 'FAILED',
    error: 'States.DataLimitExceeded',
    cause: "The state/task 'Only' returned a result with a size exceeding the maximum number of bytes service limit.",
  });
});

test('the size is counted in bytes, not in characters', async () => {
  const ran = await run(machineOf({ Type: 'Pass', Output: "{% $pad('', 131072, 'ä') %}" }, { QueryLanguage: 'JSONata' }));
  expect(ran).toMatchObject({ error: 'States.DataLimitExceeded' });
});

test('the 25,000th event is the failure of an execution that goes on for ever', async () => {
  const loop = { StartAt: 'A', States: { A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Pass', Next: 'A' } } };
  const ran = await run(loop);

  expect(ran).toMatchObject({ status: 'FAILED', error: 'States.Runtime', cause: 'The execution reached the maximum number of history events (25000).' });
  expect(ran.events.at(-1)).toMatchObject({ id: 25_000, type: 'ExecutionFailed' });
});

test('a Fail state without error and cause fails without both', async () => {
  const ran = await run(machineOf({ Type: 'Fail' }));
  expect(ran).toMatchObject({ status: 'FAILED', error: undefined, cause: undefined });
  expect(ran.types).toEqual(['ExecutionStarted', 'FailStateEntered', 'ExecutionFailed']);
});

test('many executions of one machine run at once and keep apart', async () => {
  const definition: JsonObject = {
    QueryLanguage: 'JSONata',
    StartAt: 'Set',
    States: {
      Set: { Type: 'Pass', Assign: { id: '{% $states.input.id %}' }, Next: 'Work' },
      Work: { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Arguments: '{% $id %}', Retry: [{ ErrorEquals: ['States.ALL'] }], Next: 'Show' },
      Show: { Type: 'Succeed', Output: '{% $string($id) & "=" & $string($states.input) %}' },
    },
  };
  const outputs = await Promise.all(
    Array.from({ length: 300 }, async (_, id) => {
      let attempts = 0;
      const ran = await run(definition, { id }, {
        work: async ({ arguments: args }, clock) => {
          await clock.sleep(id);
          if (attempts++ === 0 && id % 2 === 0) {
            throw new TaskFailure('Down');
          }
          return args;
        },
      });
      return (ran as { output?: unknown }).output;
    }),
  );
  expect(outputs).toEqual(outputs.map((_, id) => `${id}=${id}`));
});

test('the same seed gives the same history, every time', async () => {
  const definition = machineOf(
    {
      Type: 'Map',
      Items: '{% [1..20] %}',
      ItemProcessor: {
        StartAt: 'Work',
        States: {
          'Work': {
            Type: 'Task',
            Resource: 'arn:aws:states:::lambda:invoke',
            Arguments: { id: '{% $uuid() %}' },
            Retry: [{ ErrorEquals: ['Down'], JitterStrategy: 'FULL', MaxAttempts: 5 }],
            Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Handle failure' }],
            End: true,
          },
          'Handle failure': { Type: 'Pass', End: true },
        },
      },
    },
    { QueryLanguage: 'JSONata' },
  );
  const history = async () => {
    let calls = 0;
    const { events } = await run(definition, {}, {
      seed: 11,
      work: async ({ arguments: args }, clock) => {
        await clock.sleep((calls++ * 37) % 100);
        if (calls % 3 !== 0) {
          throw new TaskFailure('Down');
        }
        return args;
      },
    });
    return events;
  };

  const first = await history();
  for (let again = 0; again < 5; again++) {
    expect(await history()).toEqual(first);
  }
});

test('a definition can be given as text or as an object', () => {
  const definition = machineOf({ Type: 'Succeed' }, { TimeoutSeconds: 3 });
  expect(compileMachine(JSON.stringify(definition)).timeoutSeconds).toBe(compileMachine(definition).timeoutSeconds);
});

test('a history that fills up inside of a map ends the execution as well', async () => {
  const loop = { StartAt: 'A', States: { A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Pass', Next: 'A' } } };
  const ran = await run(machineOf({ Type: 'Map', ItemProcessor: loop }), [1, 2, 3]);

  expect(ran).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
  expect(ran.events.at(-1)).toMatchObject({ id: 25_000, type: 'ExecutionFailed' });
});

test('a map that reaches the end of the history with a failure of its own ends too', async () => {
  const definition = machineOf({
    Type: 'Map',
    MaxConcurrency: 1,
    ToleratedFailureCount: 1_000_000,
    ItemProcessor: { StartAt: 'F', States: { F: { Type: 'Fail' } } },
  });
  const ran = await run(definition, new Array<number>(9000).fill(0));

  expect(ran).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
  expect(ran.events).toHaveLength(25_000);
});
