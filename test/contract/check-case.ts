import type { WriteCase, WriteCases } from './cases/case';
import { Outcome, Row, RowEngine, isForStates } from './row-engine';

/** What is wrong with what became of the row, by either renderer; nothing if all is right. */
export async function problemOf(rows: RowEngine, { write, ...cases }: WriteCases, each: WriteCase): Promise<string | undefined> {
  const before = each.row === 'none' || (cases.row === 'none' && each.row === undefined) ? undefined
    : plain({ ...(cases.row === 'none' ? {} : cases.row), ...each.row }) as Row;
  const given = { ...cases.given, ...each.given };
  const expected = expectedOutcome(before, each);
  for (const by of isForStates(write) ? ['handler', 'state'] as const : ['handler'] as const) {
    const found = await rows.outcomes(by, write, given, before).then(([first]) => first, (error: Error) => error);
    const problem = difference(found, expected);
    if (problem) return `${each.why}, by a ${by}: ${problem}`;
  }
  return undefined;
}

function expectedOutcome(before: Row | undefined, { leaves = 'refused' }: WriteCase): Outcome {
  if (leaves === 'refused') return { accepted: false, row: before };
  if (leaves === 'the row as it was') return { accepted: true, row: before };
  return { accepted: true, row: plain({ orderId: 'order-1', ...before, ...leaves }) as Row };
}

function difference(found: Outcome | Error, expected: Outcome): string | undefined {
  if (found instanceof Error) return `the engine answered ${found.name}: ${found.message}`;
  const [seen, wanted] = [sorted(found), sorted(expected)];
  return seen === wanted ? undefined : `expected ${wanted}, found ${seen}`;
}

/** As JSON, without what is undefined and with names in one order. */
function sorted(value: unknown): string {
  return JSON.stringify(plain(value), (_name, part) => part && typeof part === 'object' && !Array.isArray(part)
    ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => a < b ? -1 : 1)) : part);
}

function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
