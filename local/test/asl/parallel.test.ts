import { machineOf, run } from './running';
import { JsonObject, TaskFailure } from '../../src';

const pass = (name: string, fields: JsonObject = {}) => ({ StartAt: name, States: { [name]: { Type: 'Pass', End: true, ...fields } } });
const wait = (seconds: number, next: JsonObject) => ({
  StartAt: `Wait ${seconds}`,
  States: { [`Wait ${seconds}`]: { Type: 'Wait', Seconds: seconds, Next: `Then ${seconds}` }, [`Then ${seconds}`]: next },
});
const fail = { Type: 'Fail', Error: 'Boom', Cause: 'broken' };
const parallel = (Branches: JsonObject[], more: JsonObject = {}) => machineOf({ Type: 'Parallel', Branches, ...more }, { QueryLanguage: 'JSONata' });

test('every branch gets the same input; the outputs stand in the order of the branches', async () => {
  const ran = await run(
    parallel([wait(5, { Type: 'Succeed', Output: 'slow' }), pass('B', { Output: '{% $states.input.n %}' })], { Arguments: { n: '{% $states.input.count %}' } }),
    { count: 3 },
  );
  expect(ran).toMatchObject({ status: 'SUCCEEDED', output: ['slow', 3] });
});

test('a Succeed state ends its branch, not the execution', async () => {
  expect(await run(parallel([{ StartAt: 'S', States: { S: { Type: 'Succeed' } } }, pass('P', { Output: 1 })]))).toMatchObject({ output: [{}, 1] });
});

test('the events of a branch follow each other, and what comes after follows the last of them', async () => {
  const { types, events } = await run(parallel([pass('A'), pass('B')]));

  expect(types).toEqual([
    'ExecutionStarted', 'ParallelStateEntered', 'ParallelStateStarted', 'PassStateEntered', 'PassStateEntered',
    'PassStateExited', 'PassStateExited', 'ParallelStateSucceeded', 'ParallelStateExited', 'ExecutionSucceeded',
  ]);
  expect(events.map(({ previousEventId }) => previousEventId)).toEqual([0, 0, 2, 3, 3, 4, 5, 7, 7, 9]);
});

test('a branch that fails ends the others, which are seen as aborted', async () => {
  let aborted = false;
  const long = { StartAt: 'Long', States: { Long: { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', End: true } } };
  const ran = await run(parallel([long, wait(60, { Type: 'Succeed' }), wait(1, fail)]), {}, {
    work: async ({ signal }, clock) => {
      await clock.sleep(30_000, signal).catch(() => {
        aborted = true;
      });
      return 'late';
    },
  });

  expect(ran).toMatchObject({ status: 'FAILED', error: 'Boom', cause: 'broken', ms: 1000 });
  expect(ran.types.slice(-5)).toEqual(['FailStateEntered', 'TaskStateAborted', 'WaitStateAborted', 'ParallelStateFailed', 'ExecutionFailed']);
  expect(aborted).toBe(true);
});

test('a failure can be retried, with all branches, and caught', async () => {
  let attempts = 0;
  const task = { StartAt: 'T', States: { T: { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', End: true } } };
  const definition = parallel([task, pass('P')], { Retry: [{ ErrorEquals: ['Down'], MaxAttempts: 1 }], Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Caught' }] });
  const ran = await run({ ...definition, States: { ...(definition.States as JsonObject), Caught: { Type: 'Succeed' } } }, {}, {
    work: () => {
      attempts++;
      throw new TaskFailure('Down');
    },
  });

  expect(ran).toMatchObject({ status: 'SUCCEEDED', output: { Error: 'Down' } });
  expect(attempts).toBe(2);
  expect(ran.types.filter((type) => type.startsWith('ParallelState'))).toEqual([
    'ParallelStateEntered', 'ParallelStateStarted', 'ParallelStateStarted', 'ParallelStateFailed', 'ParallelStateExited',
  ]);
});

test('States.Runtime in a branch ends the execution at once', async () => {
  const ran = await run(machineOf({ Type: 'Parallel', Branches: [pass('P', { Parameters: { 'v.$': '$.none' } })], Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Only' }] }));

  expect(ran).toMatchObject({ error: 'States.Runtime', cause: expect.stringContaining("the state 'P' (entered at the event id #4)") });
  expect(ran.types.slice(-2)).toEqual(['PassStateEntered', 'ExecutionFailed']);
});
