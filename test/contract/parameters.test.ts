import { Parameter, RowWrite } from '../../src/contract/row-write';
import * as writes from '../../src/contract/writes';

const WRITES = Object.entries(writes as { readonly [name: string]: unknown })
  .filter((entry): entry is [string, RowWrite] => typeof entry[1] === 'object' && entry[1] !== null && 'must' in entry[1]);

/** All parameters that a part of a write mentions. */
function mentioned(part: unknown): Parameter[] {
  if (typeof part !== 'object' || part === null) {
    return [];
  }
  return 'parameter' in part && 'type' in part ? [part as Parameter] : Object.values(part).flatMap(mentioned);
}

test('there are writes to look at', () => {
  expect(WRITES.length).toBeGreaterThan(10);
});

test.each(WRITES)('%s mentions each parameter with the type that it declares', (_name, { parameters, ...parts }) => {
  const wrong = mentioned(parts).filter(({ parameter, type }) => parameters[parameter] !== type);

  expect(wrong).toEqual([]);
});
