import { problemOf } from './check-case';
import { RowEngine } from './row-engine';
import { WRITE_CASES } from './write-cases';
import * as writes from '../../src/contract/writes';
import { Engine, startEngine } from '../support/dynoxide';

let engine: Engine;
let rows: RowEngine;

beforeAll(async () => {
  engine = await startEngine();
  rows = await RowEngine.open(engine);
});
afterAll(async () => engine.stop());

test('every write of the contract has its cases', () => {
  expect(Object.keys(WRITE_CASES).sort()).toEqual(Object.keys(writes).sort());
});

describe.each(Object.entries(WRITE_CASES))('%s', (_name, cases) => {
  test.each(cases.cases.map((each) => [each.why, each] as const))('%s', async (_why, each) => {
    expect(await problemOf(rows, cases, each)).toBeUndefined();
  });
});
