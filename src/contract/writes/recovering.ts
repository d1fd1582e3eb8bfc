import { STATUSES } from '../statuses';
import { MINE, OPEN, UNOWNED, WRITER } from './parts';
import { RowWrite, constant, differs, equals, missing, parametersOf } from '../row-write';

const claimed = { ...WRITER, interrupted: 'text', notified: 'flag' } as const;
const counted = { times: 'number', restarts: 'number?' } as const;
const givenUp = { at: 'text' } as const;
const anew = { givenUpAt: 'text' } as const;
const { owner, at, interrupted, notified } = parametersOf(claimed);
const { times, restarts } = parametersOf(counted);
const { givenUpAt } = parametersOf(anew);

/** A recovery takes the order over from an execution that was interrupted: of several recoveries, one gets it. */
export const claimOrder: RowWrite<typeof claimed> = {
  parameters: claimed,
  must: [OPEN, { anyOf: [equals('owner', interrupted), MINE] }],
  set: [
    { path: ['owner'], value: owner },
    { path: ['updatedAt'], value: at },
    // What the interrupted execution has published and could not write.
    { path: ['alertedAt'], value: at, when: notified },
  ],
};

/** Counts how often an order was started again that no execution takes: of those that read the same count, one does. */
export const countRestart: RowWrite<typeof counted> = {
  parameters: counted,
  must: [UNOWNED, OPEN, equals('restarts', restarts)],
  set: [{ path: ['restarts'], value: times }],
};

/** It was published that no execution takes the order. */
export const giveUp: RowWrite<typeof givenUp> = {
  parameters: givenUp,
  must: [UNOWNED, OPEN],
  set: [{ path: ['givenUpAt'], value: at }],
};

/** An operator states that the cause is gone: the next sweep starts the order as if for the first time. */
export const startAnew: RowWrite<typeof anew> = {
  parameters: anew,
  must: [UNOWNED, OPEN, equals('givenUpAt', givenUpAt)],
  set: [],
  remove: [{ path: ['restarts'] }, { path: ['givenUpAt'] }],
};

/** A customer requests cancellation. This write and the one that completes the order exclude each other. */
export const requestCancel: RowWrite<typeof givenUp> = {
  parameters: givenUp,
  // A completed order with closing steps to come is still listed as open.
  must: [OPEN, missing('undo'), differs('status', constant(STATUSES.COMPLETED))],
  set: [{ path: ['cancelRequestedAt'], value: at, once: true }],
};
