import { ME, OTHER, ROW, UNDOING, WriteCases, refused } from './case';
import type { RowWrite } from '../../../src/contract/row-write';
import * as writes from '../../../src/contract/writes';

export const CLOSING: { readonly [write: string]: WriteCases } = {
  closeOrder: {
    write: writes.closeOrder as RowWrite,
    row: UNDOING,
    given: { owner: ME, version: 2 },
    cases: [
      { why: 'the order has ended', leaves: { openSince: undefined, openShard: undefined } },
      refused('another execution took the order over', { owner: OTHER }),
      refused('the order moved on', { version: 3 }),
    ],
  },
  closeCompleted: {
    write: writes.closeCompleted as RowWrite,
    row: { ...ROW, status: 'COMPLETED' },
    given: { owner: ME },
    cases: [
      { why: 'the closing steps have ended', leaves: { openSince: undefined, openShard: undefined } },
      { why: 'a failure could not be published', given: { unpublished: [{ step: 'Mail' }] }, leaves: { unpublished: [{ step: 'Mail' }] as any } },
      refused('a recovery took the order over', { owner: OTHER }),
      refused('the order is not completed', { status: 'PAID' }),
    ],
  },
};
