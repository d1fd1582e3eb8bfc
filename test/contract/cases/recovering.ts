import { AT, BEFORE, ME, OTHER, ROW, UNDO, UNOWNED, WriteCases, refused, writer } from './case';
import type { RowWrite } from '../../../src/contract/row-write';
import * as writes from '../../../src/contract/writes';

export const RECOVERING: { readonly [write: string]: WriteCases } = {
  claimOrder: {
    write: writes.claimOrder as RowWrite,
    row: { ...ROW, owner: OTHER },
    given: { ...writer, interrupted: OTHER, notified: false },
    cases: [
      { why: 'the interrupted execution has the order', leaves: { owner: ME, updatedAt: AT } },
      { why: 'its failure was published', given: { notified: true }, leaves: { owner: ME, updatedAt: AT, alertedAt: AT } },
      { why: 'the answer of this very write was lost', row: { owner: ME }, leaves: { updatedAt: AT } },
      refused('another recovery claimed the order', { owner: 'execution-3' }),
      refused('the order has ended', { openSince: undefined }),
    ],
  },
  countRestart: {
    write: writes.countRestart as RowWrite,
    row: UNOWNED,
    given: { times: 1 },
    cases: [
      { why: 'no execution has the order', leaves: { restarts: 1 } },
      { why: 'it was started before', row: { restarts: 1 }, given: { times: 2, restarts: 1 }, leaves: { restarts: 2 } },
      refused('another sweep counted it', { restarts: 1 }),
      { why: 'another sweep counted a later start', row: { restarts: 2 }, given: { times: 2, restarts: 1 }, leaves: 'refused' },
      refused('an execution has taken the order', { owner: ME }),
      refused('the order is gone: no row must appear', 'none'),
    ],
  },
  giveUp: {
    write: writes.giveUp as RowWrite,
    row: UNOWNED,
    given: { at: AT },
    cases: [
      { why: 'no execution has the order', leaves: { givenUpAt: AT } },
      refused('an execution has taken the order', { owner: ME }),
      refused('the order is gone: no row must appear', 'none'),
    ],
  },
  startAnew: {
    write: writes.startAnew as RowWrite,
    row: { ...UNOWNED, givenUpAt: BEFORE, restarts: 3 },
    given: { givenUpAt: BEFORE },
    cases: [
      { why: 'the order was given up', leaves: { givenUpAt: undefined, restarts: undefined } },
      refused('it was given up once more since', { givenUpAt: AT }),
      refused('an execution has taken the order', { owner: ME }),
      refused('the order has ended', { openSince: undefined }),
    ],
  },
  requestCancel: {
    write: writes.requestCancel as RowWrite,
    row: ROW,
    given: { at: AT },
    cases: [
      { why: 'the order is open', leaves: { cancelRequestedAt: AT } },
      { why: 'the customer has asked before', row: { cancelRequestedAt: BEFORE }, leaves: 'the row as it was' },
      refused('the order has ended', { openSince: undefined }),
      refused('the undo has begun', { undo: UNDO }),
      refused('the order is completed, and closing steps are to come', { status: 'COMPLETED' }),
    ],
  },
};
