import { machineOf, run } from './running';
import { Json } from '../../src';

const input = { long: 'x'.repeat(10_001), deep: `${'['.repeat(1001)}${']'.repeat(1001)}`, n: 4, list: [1, 2, 2, 3, { a: 1 }, { a: 1 }], text: 'a-b,c', object: { b: [1, null], c: 'd' }, json: '{"x":[1]}' };

const evaluate = (call: string, seed?: number) => run(machineOf({ Type: 'Pass', Parameters: { 'v.$': call } }), input, { seed });

test.each<[string, Json]>([
  ["States.Format('Hello {}, {}!', $.text, 5)", 'Hello a-b,c, 5!'],
  ["States.Format('\\{\\} and {}', true)", '{} and true'],
  ["States.Format('it\\'s {}', null)", "it's null"],
  ["States.Format('{}', $.object)", '{b=[1, null], c=d}'],
  ['States.StringToJson($.json)', { x: [1] }],
  ['States.JsonToString($.object)', '{"b":[1,null],"c":"d"}'],
  ["States.Array('a', $.n, States.Array())", ['a', 4, []]],
  ['States.ArrayPartition($.list, 4)', [[1, 2, 2, 3], [{ a: 1 }, { a: 1 }]]],
  ['States.ArrayContains($.list, 3)', true],
  ['States.ArrayContains($.list, $.object)', false],
  ['States.ArrayRange(1, 9, 4)', [1, 5, 9]],
  ['States.ArrayRange(3, 0, -2)', [3, 1]],
  ['States.ArrayGetItem($.list, 3)', 3],
  ['States.ArrayLength($.list)', 6],
  ['States.ArrayUnique($.list)', [1, 2, 3, { a: 1 }]],
  ['States.Base64Encode($.text)', 'YS1iLGM='],
  ["States.Base64Decode('w6Q=')", 'ä'],
  ["States.Hash('abc', 'MD5')", '900150983cd24fb0d6963f7d28e17f72'],
  ["States.Hash('abc', 'SHA-1')", 'a9993e364706816aba3e25717850c26c9cd0d89d'],
  ['States.JsonMerge($.object, States.StringToJson($.json), false)', { b: [1, null], c: 'd', x: [1] }],
  ['States.MathAdd($.n, -6)', -2],
  ["States.StringSplit($.text, '-,')", ['a', 'b', 'c']],
  ["States.StringSplit('a,,b', ',')", ['a', 'b']],
  ["States.StringToJson('')", null],
  ["States.StringToJson('  ')", null],
])('%s is %j', async (call, result) => {
  expect(await evaluate(call)).toMatchObject({ output: { v: result } });
});

test('random values come from outside: the same seed gives the same values', async () => {
  for (const call of ['States.UUID()', 'States.MathRandom(1, 1000)']) {
    expect((await evaluate(call, 1)).events.at(-1)).toEqual((await evaluate(call, 1)).events.at(-1));
    expect((await evaluate(call, 1)).events.at(-1)).not.toEqual((await evaluate(call, 2)).events.at(-1));
  }
});

test('a seeded random number depends on its seed only', async () => {
  const first = await evaluate('States.MathRandom(1, 1000, 7)', 1);
  expect(await evaluate('States.MathRandom(1, 1000, 7)', 2)).toMatchObject({ output: (first as { output: Json }).output });
});

test.each([
  'States.ArrayGetItem($.list, 6)',
  'States.ArrayLength($.text)',
  "States.Format('{}')",
  "States.Format('{}', 1, 2)",
  'States.StringToJson($.text)',
  'States.JsonMerge($.object, $.object, true)',
  'States.ArrayRange(0, 1001, 1)',
  "States.Hash('a', 'CRC')",
  "States.Hash($.long, 'MD5')",
  'States.StringToJson($.deep)',
])('%s fails as an intrinsic function', async (call) => {
  expect(await evaluate(call)).toMatchObject({
    status: 'FAILED',
    error: 'States.IntrinsicFailure',
    cause: expect.stringContaining(`The function '${call}' had the following error:`),
  });
});
