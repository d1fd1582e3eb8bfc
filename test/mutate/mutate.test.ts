import { Mutation, mutationsOf } from './mutations';
import type { WriteCases } from '../contract/cases/case';
import { problemOf } from '../contract/check-case';
import { RowEngine } from '../contract/row-engine';
import { WRITE_CASES } from '../contract/write-cases';
import { Engine, startEngine } from '../support/dynoxide';

interface Result {
  readonly write: string;
  readonly mutation: Mutation;
  /** The first case that is wrong without it. */
  readonly seenBy?: string;
}

let engine: Engine;
let rows: RowEngine;

beforeAll(async () => {
  engine = await startEngine();
  rows = await RowEngine.open(engine);
});
afterAll(async () => engine.stop());

test('each clause and each option of each write is missed by a case when it is left out', async () => {
  const results: Result[] = [];
  for (const [write, cases] of Object.entries(WRITE_CASES)) {
    for (const mutation of mutationsOf(cases.write)) {
      mutation.leaveOut();
      try {
        results.push({ write, mutation, seenBy: await firstProblem(cases) });
      } finally {
        mutation.restore();
      }
    }
  }
  process.stdout.write(`${results.map(line).join('\n')}\n`);
  const missed = results.filter(({ seenBy }) => !seenBy).map(({ write, mutation }) => `${write}: ${mutation.what}`);
  process.stdout.write(`${results.length} left out, ${results.length - missed.length} seen, ${missed.length} missed\n`);
  expect(missed).toEqual([]);
}, 3_600_000);

async function firstProblem(cases: WriteCases): Promise<string | undefined> {
  for (const each of cases.cases) {
    const problem = await problemOf(rows, cases, each).catch((error: Error) => `${each.why}: ${error.message}`);
    if (problem) return problem;
  }
  return undefined;
}

function line({ write, mutation: { what, secondLine }, seenBy }: Result): string {
  return `${seenBy ? 'red ' : 'GREEN'} ${write.padEnd(20)} ${what.padEnd(70)} ${seenBy?.split(': ')[0] ?? ''}${secondLine ? ` [second line: ${secondLine}]` : ''}`;
}
