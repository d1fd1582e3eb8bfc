import { run } from './running';
import { JsonObject, TaskFailure } from '../../src';

function tried(fields: JsonObject, language = 'JSONata'): JsonObject {
  const named = (state: string) => JSON.stringify(fields).includes(`"Next":"${state}"`);
  return {
    QueryLanguage: language,
    StartAt: 'Try',
    States: {
      Try: { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', End: true, ...fields },
      ...(named('Caught') && { Caught: { Type: 'Succeed' } }),
      ...(named('Other') && { Other: { Type: 'Succeed', ...(language === 'JSONata' ? { Output: 'other' } : {}) } }),
    },
  };
}

/** Fails with these errors, one after the other, then works. */
function failing(...errors: string[]) {
  const times: number[] = [];
  const work = (_task: unknown, clock: { now(): number }) => {
    times.push(clock.now());
    const error = errors[times.length - 1];
    if (error !== undefined) {
      throw new TaskFailure(error, `cause of ${error}`);
    }
    return 'worked';
  };
  return { work, delays: () => times.slice(1).map((time, i) => (time - times[i]) / 1000) };
}

const many = (error: string, times: number) => new Array<string>(times).fill(error);

test.each<[string, JsonObject, number[]]>([
  ['by default 1 s, doubled', {}, [1, 2, 4]],
  ['with its own interval and rate', { IntervalSeconds: 3, BackoffRate: 1.5, MaxAttempts: 4 }, [3, 4.5, 6.75, 10.125]],
  ['at most MaxDelaySeconds', { IntervalSeconds: 2, BackoffRate: 10, MaxDelaySeconds: 5, MaxAttempts: 3 }, [2, 5, 5]],
])('retries wait %s', async (_name, fields, delays) => {
  const task = failing(...many('Down', delays.length));
  const ran = await run(tried({ Retry: [{ ErrorEquals: ['Down'], ...fields }] }), {}, { work: task.work });

  expect(ran).toMatchObject({ status: 'SUCCEEDED', output: 'worked' });
  expect(task.delays()).toEqual(delays);
});

test('full jitter waits any part of the delay, the same for the same seed', async () => {
  const delays = async (seed: number) => {
    const task = failing(...many('Down', 3));
    await run(tried({ Retry: [{ ErrorEquals: ['Down'], IntervalSeconds: 10, BackoffRate: 1, JitterStrategy: 'FULL' }] }), {}, { work: task.work, seed });
    return task.delays();
  };

  const [first, again, other] = [await delays(1), await delays(1), await delays(2)];
  expect(first).toEqual(again);
  expect(first).not.toEqual(other);
  expect(first.every((delay) => delay >= 0 && delay < 10)).toBe(true);
});

test('when the attempts of a retrier are used up the state fails', async () => {
  const task = failing(...many('Down', 9));
  const ran = await run(tried({ Retry: [{ ErrorEquals: ['Down'], MaxAttempts: 2 }] }), {}, { work: task.work });

  expect(ran).toMatchObject({ status: 'FAILED', error: 'Down', cause: 'cause of Down' });
  expect(task.delays()).toHaveLength(2);
});

test('each retrier counts its own attempts', async () => {
  const task = failing('A', 'B', 'A', 'B', 'B');
  const ran = await run(tried({ Retry: [{ ErrorEquals: ['A'], MaxAttempts: 2 }, { ErrorEquals: ['B'], MaxAttempts: 2, IntervalSeconds: 10 }] }), {}, { work: task.work });

  expect(ran).toMatchObject({ status: 'FAILED', error: 'B' });
  expect(task.delays()).toEqual([1, 10, 2, 20]);
});

test('the first retrier that names the error decides, even if it allows no attempt', async () => {
  const task = failing('A');
  const ran = await run(tried({ Retry: [{ ErrorEquals: ['A'], MaxAttempts: 0 }, { ErrorEquals: ['States.ALL'] }] }), {}, { work: task.work });
  expect(ran).toMatchObject({ status: 'FAILED', error: 'A' });
});

test('arguments are evaluated anew for each attempt, which can be seen in the context', async () => {
  const seen: unknown[] = [];
  await run(tried({ Arguments: '{% $states.context.State.RetryCount %}', Retry: [{ ErrorEquals: ['States.ALL'] }] }), {}, {
    work: ({ arguments: args, attempt }) => {
      seen.push([args, attempt]);
      if (seen.length < 3) {
        throw new TaskFailure('Down');
      }
      return null;
    },
  });
  expect(seen).toEqual([[0, 0], [1, 1], [2, 2]]);
});

test.each([
  ['Down', ['Down'], true],
  ['Down', ['Up', 'Down'], true],
  ['Down', ['Up'], false],
  ['Down', ['States.TaskFailed'], true],
  ['Down', ['States.ALL'], true],
  ['States.Timeout', ['States.TaskFailed'], false],
  ['States.Timeout', ['States.Timeout'], true],
  ['States.Timeout', ['States.HeartbeatTimeout'], false],
  ['States.Timeout', ['States.ALL'], true],
])('%s is caught by %j: %s', async (error, errorEquals, caught) => {
  const definition = tried({ TimeoutSeconds: 1, Catch: [{ ErrorEquals: errorEquals, Next: 'Caught' }] });
  const ran = await run(definition, {}, {
    work: async (_task, clock) => {
      if (error === 'States.Timeout') {
        await clock.sleep(5000);
      }
      throw new TaskFailure(error);
    },
  });
  expect(ran).toMatchObject(caught ? { status: 'SUCCEEDED', output: { Error: error } } : { status: 'FAILED', error });
});

test('a JSONata catcher makes output and variables of the error and the input', async () => {
  const definition = tried({
    Catch: [{ ErrorEquals: ['States.ALL'], Assign: { problem: '{% $states.errorOutput.Cause %}' }, Output: '{% [$states.input.id, $states.errorOutput.Error] %}', Next: 'Show' }],
  });
  const states = { ...(definition.States as JsonObject), Show: { Type: 'Succeed', Output: { input: '{% $states.input %}', problem: '{% $problem %}' } } };
  const ran = await run({ ...definition, States: states }, { id: 7 }, { work: failing('Down').work });

  expect(ran).toMatchObject({ output: { input: [7, 'Down'], problem: 'cause of Down' } });
});

test('a JSONPath catcher puts the error where its ResultPath says', async () => {
  const definition = tried({ Catch: [{ ErrorEquals: ['Down'], ResultPath: '$.problem', Next: 'Caught' }] }, 'JSONPath');
  expect(await run(definition, { id: 7 }, { work: failing('Down').work })).toMatchObject({
    output: { id: 7, problem: { Error: 'Down', Cause: 'cause of Down' } },
  });
});

test('a failed expression can be retried and caught by name or wildcard', async () => {
  for (const name of ['States.QueryEvaluationError', 'States.ALL']) {
    const definition = tried({ Arguments: '{% $states.input.none %}', Retry: [{ ErrorEquals: [name], MaxAttempts: 1 }], Catch: [{ ErrorEquals: [name], Next: 'Caught' }] });
    const ran = await run(definition);

    expect(ran).toMatchObject({ status: 'SUCCEEDED', output: { Error: 'States.QueryEvaluationError' } });
    expect(ran.types).toEqual(['ExecutionStarted', 'TaskStateEntered', 'EvaluationFailed', 'EvaluationFailed', 'TaskStateExited', 'SucceedStateEntered', 'SucceedStateExited', 'ExecutionSucceeded']);
  }
});

test('States.Runtime is caught by nothing', async () => {
  const definition = tried({
    Parameters: { 'v.$': '$.none' },
    Retry: [{ ErrorEquals: ['States.ALL'] }],
    Catch: [{ ErrorEquals: ['States.Runtime'], Next: 'Caught' }, { ErrorEquals: ['States.ALL'], Next: 'Other' }],
  }, 'JSONPath');
  expect(await run(definition)).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
});

test("a state's own output above the limit is caught by its name, not by the wildcards", async () => {
  const caughtBy = (name: string) =>
    run(tried({ Output: "{% $pad('', 262144, 'x') %}", Catch: [{ ErrorEquals: [name], Next: 'Other' }] }), {}, { work: () => 1 });

  expect(await caughtBy('States.DataLimitExceeded')).toMatchObject({ status: 'SUCCEEDED', output: 'other' });
  expect(await caughtBy('States.ALL')).toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded' });
  expect(await caughtBy('States.TaskFailed')).toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded' });
});

test("a catcher's expression that fails fails the state, and says where", async () => {
  const ran = await run(tried({ Catch: [{ ErrorEquals: ['No'], Next: 'Other' }, { ErrorEquals: ['States.ALL'], Output: '{% $states.input.none %}', Next: 'Caught' }] }), {}, { work: failing('Down').work });

  expect(ran).toMatchObject({ status: 'FAILED', error: 'States.QueryEvaluationError' });
  expect(ran.events.at(-2)).toMatchObject({ type: 'EvaluationFailed', evaluationFailedEventDetails: { location: 'Catch[1]/Output' } });
});

/** As recorded from AWS: localstack/localstack, test_callback.snapshot.json, test_sqs_failure_in_wait_for_task_tok_no_error_field. */
test('a caught failure without a name and a cause has both as null', async () => {
  const definition = tried({ Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.problem', Next: 'Caught' }] }, 'JSONPath');
  const ran = await run(definition, {}, {
    work: () => {
      throw new TaskFailure(undefined);
    },
  });
  expect(ran).toMatchObject({ status: 'SUCCEEDED', output: { problem: { Error: null, Cause: null } } });
});
