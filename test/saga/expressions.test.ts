import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as fc from 'fast-check';
import jsonata from 'jsonata';
import { Assignments, MARSHAL, UNMARSHAL, block } from '../../src/jsonata/expressions';

async function evaluated(assignments: Assignments, expression: string, value: unknown): Promise<any> {
  const result = await jsonata(block(assignments, expression)).evaluate({}, { states: { value } });
  // The engine marks its own arrays; what AWS sees is the JSON.
  return JSON.parse(JSON.stringify(result));
}

const marshalled = (value: unknown) => evaluated(MARSHAL, '$marshal($states.value)', value);

const anyJson = () => {
  const numbers = fc.oneof(fc.integer(), fc.integer({ min: 0, max: 10_000_000 }).map((cents) => cents / 100));
  return fc.letrec((tie) => ({
    value: fc.oneof({ maxDepth: 4 }, fc.string(), numbers, fc.boolean(), fc.constant(null),
      fc.array(tie('value'), { maxLength: 4 }), fc.dictionary(fc.string({ minLength: 1 }).filter((key) => key !== '__proto__'), tie('value'), { maxKeys: 4 })),
  })).value;
};

test('marshals any JSON into what DynamoDB reads back as the same', async () => {
  await fc.assert(fc.asyncProperty(anyJson(), async (value) => {
    expect(unmarshall({ value: await marshalled(value) })).toEqual({ value });
  }), { numRuns: 500, seed: 7 });
});

test('unmarshals what DynamoDB answers into the JSON that was written', async () => {
  await fc.assert(fc.asyncProperty(anyJson(), async (value) => {
    expect(await evaluated(UNMARSHAL, "$unmarshal({'M': $states.value})", marshall({ value }))).toEqual({ value });
  }), { numRuns: 500, seed: 7 });
});

test.each([
  [[], { L: [] }],
  [[[]], { L: [{ L: [] }] }],
  [[1], { L: [{ N: '1' }] }],
  [[[1]], { L: [{ L: [{ N: '1' }] }] }],
  [{}, { M: {} }],
  [{ a: { b: [] } }, { M: { a: { M: { b: { L: [] } } } } }],
  [29.99, { N: '29.99' }],
  ['', { S: '' }],
])('keeps the shape of %j, which sequences of the language would flatten', async (value, expected) => {
  expect(await marshalled(value)).toEqual(expected);
});

test('a block has only those assignments that its expression needs, in their order', () => {
  const assignments = { order: '$saga.order', version: '$order.version', next: '$version + 1', unused: '$order.items' };

  expect(block(assignments, '$next')).toBe('($order := $saga.order; $version := $order.version; $next := $version + 1; $next)');
  expect(block(assignments, '1 + 1')).toBe('1 + 1');
  expect(block(assignments, '$nextOne')).toBe('$nextOne');
});
