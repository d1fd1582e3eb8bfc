import { machineOf, run } from './running';
import { compileMachine, Json, JsonObject } from '../../src';

/** Whatever a state machine does, it fails itself and nothing else. */
const paths = (state: JsonObject) => machineOf(state);
const jsonata = (state: JsonObject) => machineOf(state, { QueryLanguage: 'JSONata' });
const PASS = { Type: 'Pass', End: true };

function nested(depth: number): Json {
  let value: Json = [];
  for (let level = 1; level < depth; level++) {
    value = [value];
  }
  return value;
}

test.each<[string, JsonObject, Json]>([
  ['a path that goes down without end', paths({ Type: 'Pass', InputPath: '$..*..*..*..*' }), nested(600)],
  ['input that is nested too deep', paths({ Type: 'Pass' }), nested(100_000)],
  ['a result that is nested too deep', jsonata({ Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke' }), {}],
  ['a regular expression in a filter', paths({ Type: 'Pass', InputPath: '$[?(@ =~ /(a+)+b/)]' }), ['a'.repeat(40)]],
])('%s fails the execution', async (_what, definition, input) => {
  expect(await run(definition, input, { work: () => nested(100_000) })).toMatchObject({ status: 'FAILED' });
});

test('JSON text that is nested too deep is no value', async () => {
  const text = `${'['.repeat(5_000)}${']'.repeat(5_000)}`;
  expect(await run(paths({ Type: 'Pass', Parameters: { 'v.$': 'States.StringToJson($)' } }), text)).toMatchObject({ error: 'States.IntrinsicFailure' });
  expect(await run(jsonata({ Type: 'Pass', Output: '{% $parse($states.input) %}' }), text)).toMatchObject({ error: 'States.QueryEvaluationError' });
});

test('a choice with many stars is made at once', async () => {
  const definition = {
    StartAt: 'Choose',
    States: { Choose: { Type: 'Choice', Choices: [{ Variable: '$', StringMatches: `${'*a'.repeat(20)}b`, Next: 'Yes' }], Default: 'No' }, Yes: PASS, No: PASS },
  };
  expect((await run(definition, 'a'.repeat(5_000))).types).toContain('PassStateEntered');
});

test.each(['a*c', '*b*', 'a\\*b', '*', '**', 'ab', 'a*b*c'])('a text matches a pattern with stars as before: %s', async (StringMatches) => {
  const definition = { StartAt: 'C', States: { C: { Type: 'Choice', Choices: [{ Variable: '$', StringMatches, Next: 'Yes' }], Default: 'No' }, Yes: PASS, No: PASS } };
  const matched = async (text: string) => (await run(definition, text)).events[3].stateEnteredEventDetails as { name: string };
  const texts = ['abc', 'a*b', 'ab', '', 'b', 'cba'];
  const expected = texts.filter((text) => new RegExp(`^${StringMatches.replace(/\\\*|\*/g, (star) => (star === '*' ? '.*' : '\\*'))}$`).test(text));
  const seen = await Promise.all(texts.map(async (text) => ((await matched(text)).name === 'Yes' ? [text] : [])));
  expect(seen.flat()).toEqual(expected);
});

test('a loop without a wait ends with its history', async () => {
  const ran = await run({ StartAt: 'A', States: { A: { Type: 'Pass', Next: 'A' } } });
  expect(ran).toMatchObject({ status: 'FAILED', error: 'States.Runtime', cause: expect.stringContaining('25000') });
  expect(ran.events).toHaveLength(25_000);
});

test('a loop that changes a large payload ends before it fills the memory', async () => {
  const Output = '{% {"n": $states.input.n + 1, "text": $states.input.text} %}';
  const ran = await run({ QueryLanguage: 'JSONata', StartAt: 'A', States: { A: { Type: 'Pass', Output, Next: 'A' } } }, { n: 0, text: 'x'.repeat(200_000) });
  expect(ran).toMatchObject({ status: 'FAILED', error: 'States.Runtime', cause: expect.stringContaining('128 MiB') });
});

test('maps in maps run one iteration after the other when there is no room for more', async () => {
  const map = (level: number): JsonObject => ({
    Type: 'Map',
    Items: `{% [1..${level === 0 ? 300 : 200}] %}`,
    ItemProcessor: {
      ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
      StartAt: `Each ${level}`,
      States: { [`Each ${level}`]: level === 0 ? { Type: 'Wait', Seconds: 1, Next: 'Done' } : { ...map(0), End: true }, ...(level === 0 && { Done: { Type: 'Pass', Output: 1, End: true } }) },
    },
  });
  const ran = await run(jsonata({ ...map(1), Output: '{% $sum($states.result.*) %}' }));

  expect(ran).toMatchObject({ status: 'SUCCEEDED', output: 60_000 });
  expect(ran.ms).toBeGreaterThan(1000);
});

test('a definition that is nested too deep is refused', () => {
  let state: JsonObject = { Type: 'Pass', End: true };
  for (let level = 0; level < 20_000; level++) {
    state = { Type: 'Parallel', Branches: [{ StartAt: `${level}`, States: { [`${level}`]: state } }], End: true };
  }
  expect(() => compileMachine({ StartAt: 'S', States: { S: state } })).toThrow('the state machine: is nested too deep');
});

test('variables of more than 256 KiB are beyond the data limit', async () => {
  const assigning = (Assign: JsonObject) => jsonata({ Type: 'Pass', Output: 1, Assign });
  const text = (length: number) => `{% $pad('', ${length}, 'x') %}`;

  expect(await run(assigning({ a: text(250 * 1024) }))).toMatchObject({ status: 'SUCCEEDED' });
  expect(await run(assigning({ a: text(257 * 1024) }))).toMatchObject({ error: 'States.DataLimitExceeded' });
  expect(await run(assigning({ a: text(200 * 1024), b: text(100 * 1024) }))).toMatchObject({ error: 'States.DataLimitExceeded' });
});
